import torch

A = torch.arange(6).reshape(2, 3)
B = torch.tensor([[3.0, -3.0, 2.0], [-1.0, -2.0, 3.0], [-2.0, 1.0, -2.0]], dtype=torch.float16)
