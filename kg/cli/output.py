"""Files that are written whole or not at all, as commands name them."""

from kg.run.files import STDOUT, check_writable, whole_file

__all__ = ["STDOUT", "check_writable", "whole_file"]
