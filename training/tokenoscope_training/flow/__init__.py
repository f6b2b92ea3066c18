"""flow-128: karhunen's tokens drawn by a rectified flow, which makes up what the tokens do not say."""
