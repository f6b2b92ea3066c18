"""flow-128: karhunen's tokens drawn by a rectified flow, which invents what the tokens leave open."""
