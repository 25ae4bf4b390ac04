"""Where an office may live: on this PC's own disk, and nowhere another program or PC writes to it."""

import itertools
import os
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path, PurePath, PureWindowsPath

from ccfs_desktop import paths
from ccfs_desktop.errors import UserError
from ccfs_desktop.i18n import _

_NETWORK = frozenset(
    {
        *("nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "ncpfs", "afs", "davfs", "fuse.davfs", "9p", "ceph"),
        *("fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.kio-fuse", "fuse.s3fs", "fuse.google-drive-ocamlfuse"),
        *("fuse.ceph", "glusterfs", "fuse.glusterfs", "lustre", "beegfs", "fuse.onedriver", "fuse.smbnetfs"),
    }
)
_WINDOWS_NETWORK_DRIVE = 4

# Folder name as it starts → the program that watches it. Companies add to the name: "OneDrive - Bright Toys Ltd".
_SYNCED: Mapping[str, str] = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "icloud": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "nutstore": "坚果云 Nutstore",
    "坚果云": "坚果云 Nutstore",
    "我的坚果云": "坚果云 Nutstore",
    "wechat files": "微信 WeChat",
    "xwechat_files": "微信 WeChat",
    "wxwork": "企业微信 WeCom",
    "wedrive": "企业微信 WeCom",
    "微盘": "企业微信 WeCom",
    "tencent files": "QQ",
    "baidunetdisk": "百度网盘 Baidu Netdisk",
    "baidusyncdisk": "百度网盘 Baidu Netdisk",
    "百度网盘": "百度网盘 Baidu Netdisk",
    "百度云": "百度网盘 Baidu Netdisk",
    "wps cloud files": "WPS 云盘 WPS Cloud",
    "wpsdrive": "WPS 云盘 WPS Cloud",
    "wps云盘": "WPS 云盘 WPS Cloud",
    "dingtalk": "钉钉 DingTalk",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "box sync": "Box",
    "megasync": "MEGA",
    "pclouddrive": "pCloud",
    "synologydrive": "Synology Drive",
    "yandex.disk": "Yandex Disk",
}
_SYNC_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
# Windows allows 260; names below the office folder need up to 80 of them.
_LONGEST_ON_WINDOWS = 180


def default_folder(name: str) -> Path:
    """Return where a new office of this name is proposed to live; no other office is there yet."""
    plain = "".join(c if c.isalnum() or c in " -_" else " " for c in name)
    folder = paths.data_dir() / "offices" / (" ".join(plain.split())[:40].strip() or "office")
    numbered = (folder.with_name(f"{folder.name} {number}") for number in itertools.count(2))
    return next(free for free in itertools.chain([folder], numbered) if not (free / "vault.json").exists())


def demo_folder(language: str, seed: int, day: date) -> Path:
    """Return where a demonstration office lives: another one for each day, for its season runs to yesterday."""
    return paths.data_dir() / "demo" / f"{language}-{seed}-{day}"


def check_place(folder: Path, *, mounts: str | None = None, environment: Mapping[str, str] | None = None) -> None:
    """Make sure an office can live in this folder, and make the folder.

    Args:
        folder: the office's folder; it need not exist yet.
        mounts: text of ``/proc/mounts``; tests pass their own.
        environment: variables that name synced folders; tests pass their own.

    Raises:
        UserError: it cannot; the sentence says why and what to do instead.
    """
    if _on_network(folder, _mounts() if mounts is None else mounts):
        raise UserError(
            _(
                "The folder “{name}” is on a network drive. Two PCs writing there at once would destroy the records. "
                "Please choose a folder on this PC's own disk; backups may go to the network drive."
            ).format(name=folder.name)
        )
    program = synced_by(folder, os.environ if environment is None else environment)
    if program:
        raise UserError(
            _(
                "The folder “{name}” is copied to the internet by {program}. That damages an open database and takes "
                "children's data out of the factory. Please choose a folder that no such program watches."
            ).format(name=folder.name, program=program)
        )
    if sys.platform == "win32" and len(str(folder)) > _LONGEST_ON_WINDOWS:
        raise UserError(_("The path of this folder is too long for Windows. Please choose one nearer to the drive."))
    _check_writable(folder)


def synced_by(folder: PurePath, environment: Mapping[str, str]) -> str:
    """Return the name of the program that copies this folder elsewhere, or an empty text."""
    for variable in _SYNC_VARIABLES:
        root = environment.get(variable, "")
        if root and folder.is_relative_to(type(folder)(root)):
            return "OneDrive"
    for part in folder.parts:
        for start, program in _SYNCED.items():
            if _is_named(part.casefold(), start):
                return program
    return ""


def _is_named(part: str, start: str) -> bool:
    """Tell whether a folder's name is this one, or this one with a company's name behind it."""
    return part == start or (part.startswith(start) and not part[len(start)].isalpha())


def is_unc(folder: PurePath) -> bool:
    r"""Tell whether a Windows path names another PC: ``\\server\share``, but not ``\\?\C:\…``."""
    start = str(PureWindowsPath(folder)).casefold()
    return start.startswith("\\\\") and (start.startswith("\\\\?\\unc\\") or start[2] not in "?.")


def _on_network(folder: Path, mounts: str) -> bool:
    """Tell whether another PC holds the folder.

    Source: docs.microsoft.com GetDriveTypeW; proc(5) for the list of mounts.
    """
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 (needed on Windows only)

        drive = folder.absolute().anchor
        return is_unc(folder) or ctypes.windll.kernel32.GetDriveTypeW(drive) == _WINDOWS_NETWORK_DRIVE
    return filesystem(folder.resolve(), mounts) in _NETWORK


def filesystem(folder: PurePath, mounts: str) -> str:
    """Return the kind of file system that holds a folder, by the longest matching line of ``/proc/mounts``."""
    kind, length = "", -1
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = (
            fields[1].encode("latin-1", "replace").decode("unicode_escape").encode("latin-1").decode("utf-8", "replace")
        )
        # The later of two mounts on one point covers the earlier.
        if folder.is_relative_to(point) and len(point) >= length:
            kind, length = fields[2], len(point)
    return kind


def _mounts() -> str:
    try:
        return Path("/proc/mounts").read_bytes().decode("latin-1")
    except OSError:
        return ""


def _check_writable(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError:
        raise UserError(
            _(
                "Nothing can be written to the folder “{name}”. Please choose another one, for example in Documents."
            ).format(name=folder.name)
        ) from None
