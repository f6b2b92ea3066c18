"""Storing an exported model again, smaller, where its checkpoint is gone."""
