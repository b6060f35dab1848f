"""What there is: the program, its storages and versions, tensors and arrays."""

from explorer.workspace.definition import Definition
from explorer.workspace.item import Item
from explorer.workspace.program import Program
from explorer.workspace.reader import read_program
from explorer.workspace.steps import Step
from explorer.workspace.workspace import Workspace

__all__ = ["Definition", "Item", "Program", "Step", "Workspace", "read_program"]
