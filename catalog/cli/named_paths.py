"""Files and folders that the command line names: what is not there is told at once, in words, with what to do about it."""

from __future__ import annotations

import os
from pathlib import Path

import click

from catalog.cli.language import _


class FileToRead(click.ParamType[Path]):
    """Take the path of a file that is there and may be read."""

    name = "file"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the path; what is there is looked at, through links."""
        path = Path(str(value))
        if path.is_dir():
            self.fail(_("{path} is a folder; name a file").format(path=path), param, ctx)
        if not path.exists():
            self.fail(_("there is no file {path}; correct the path, or put the file there").format(path=path), param, ctx)
        if not os.access(path, os.R_OK):
            self.fail(_("{path} may not be read; change its permissions").format(path=path), param, ctx)
        return path


class FileToWrite(click.ParamType[Path]):
    """Take the path of a file that can be written: its folder is there, so that no work is done in vain."""

    name = "file"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the path; nothing is made."""
        path = Path(str(value))
        if path.is_dir():
            self.fail(_("{path} is a folder; name a file in it").format(path=path), param, ctx)
        if not path.parent.is_dir():
            words = _("there is no folder {folder} for {path}; make the folder, or name another place")
            self.fail(words.format(folder=path.parent, path=path), param, ctx)
        if not os.access(path if path.exists() else path.parent, os.W_OK):
            self.fail(_("{path} may not be written; change the permissions, or name another place").format(path=path), param, ctx)
        return path


class FolderToRead(click.ParamType[Path]):
    """Take the path of a folder that is there."""

    name = "folder"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the path."""
        path = Path(str(value))
        if not path.exists():
            self.fail(_("there is no folder {path}; correct the path").format(path=path), param, ctx)
        if not path.is_dir():
            self.fail(_("{path} is a file; name a folder").format(path=path), param, ctx)
        return path


class FolderToMake(click.ParamType[Path]):
    """Take the path of a folder that is to be made, or is there."""

    name = "folder"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the path; nothing is made."""
        path = Path(str(value))
        if path.exists() and not path.is_dir():
            self.fail(_("{path} is a file; name a folder").format(path=path), param, ctx)
        return path
