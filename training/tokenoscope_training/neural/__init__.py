"""What the learned models share: pictures, quantisers, layers, the training loop, export and evaluation."""
