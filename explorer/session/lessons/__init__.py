"""What is there to learn from: examples that stand ready."""
