"""What Qt hands to a model or a delegate: an index, or one that stays with its row."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex

Index = QModelIndex | QPersistentModelIndex
