"""Safe ground: an office lives on this PC's own disk, with room to write, in one window at a time."""

import subprocess
import sys
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from ccfs_desktop.errors import UserError
from ccfs_desktop.places import OfficeLock, Space, check_place, check_space, drop_ballast, keep_ballast, require_space
from ccfs_desktop.places.where import default_folder, filesystem, is_unc, synced_by

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/share /mnt/hr\\040share nfs4 rw 0 0
//nas/data /mnt/nas cifs rw 0 0
tmpfs /mnt/nas/local tmpfs rw 0 0
me@pc:/ /home/li/remote fuse.sshfs rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/li/office", "ext4"),
        ("/mnt/hr share/office", "nfs4"),
        ("/mnt/nas/office", "cifs"),
        ("/mnt/nas/local/office", "tmpfs"),
        ("/home/li/remote/x", "fuse.sshfs"),
        ("/home/li/remote2/x", "ext4"),
    ],
)
def test_the_disk_under_a_folder_is_recognised(folder: str, kind: str):
    assert filesystem(PurePosixPath(folder), MOUNTS) == kind


def test_an_office_on_a_network_drive_is_refused_with_a_way_out(tmp_path: Path):
    mounts = f"/dev/sda1 / ext4 rw 0 0\nnas:/x {tmp_path} nfs rw 0 0\n"
    with pytest.raises(UserError, match=r"network drive.*own disk; backups may go"):
        check_place(tmp_path / "office", mounts=mounts, environment={})
    assert not (tmp_path / "office").exists()


@pytest.mark.parametrize(
    ("path", "network"),
    [
        (r"\\server\share\office", True),
        ("//server/share/office", True),
        (r"\\?\UNC\server\share", True),
        (r"\\?\C:\office", False),
        (r"C:\office", False),
    ],
)
def test_a_path_naming_another_pc_is_recognised(path: str, network: bool):
    assert is_unc(PureWindowsPath(path)) is network


@pytest.mark.parametrize(
    ("path", "program"),
    [
        (r"C:\Users\li\OneDrive - Bright Toys Ltd\office", "OneDrive"),
        (r"C:\Users\li\Dropbox (Personal)\office", "Dropbox"),
        (r"D:\我的坚果云\托管", "坚果云 Nutstore"),
        (r"D:\WeChat Files\wxid_1\office", "微信 WeChat"),
        (r"D:\BaiduSyncdisk\office", "百度网盘 Baidu Netdisk"),
        (r"D:\work\Documents\office", "OneDrive"),
        (r"D:\Nutstores\office", ""),
        (r"D:\offices\Bright Toys", ""),
    ],
)
def test_a_folder_that_another_program_copies_is_recognised(path: str, program: str):
    assert synced_by(PureWindowsPath(path), {"OneDriveCommercial": r"D:\work"}) == program


def test_an_office_in_a_synced_folder_is_refused_with_a_way_out(tmp_path: Path):
    with pytest.raises(UserError, match=r"copied to the internet by 坚果云 Nutstore.*no such program watches"):
        check_place(tmp_path / "我的坚果云" / "office")


def test_an_office_on_the_own_disk_is_welcome(tmp_path: Path):
    check_place(tmp_path / "测试" / "office")
    assert list((tmp_path / "测试" / "office").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="Nothing can be written"):
        check_place(tmp_path / "file" / "office")


def test_a_proposed_folder_has_a_plain_name():
    assert default_folder('Bright/Toys: "A*B" 东莞').name == "Bright Toys A B 东莞"
    assert default_folder("..").name == "office"


def test_room_on_the_disk_is_watched():
    assert Space(501).sentence == ""
    assert "make room soon" in Space(499).sentence
    assert "Nothing was changed" in Space(49).sentence


def test_ballast_gives_room_back_on_a_full_disk(tmp_path: Path):
    require_space(tmp_path)
    before = check_space(tmp_path).free_mb
    keep_ballast(tmp_path)
    assert (tmp_path / "room-to-spare").stat().st_size == 20 * 1024 * 1024
    assert check_space(tmp_path).free_mb <= before
    drop_ballast(tmp_path)
    assert list(tmp_path.iterdir()) == []


_HOLD = "import sys, pathlib; from ccfs_desktop.places import OfficeLock as L; l = L(pathlib.Path(sys.argv[1]));"


def test_one_window_per_office(tmp_path: Path):
    first, second = OfficeLock(tmp_path), OfficeLock(tmp_path / "." / "")
    assert first.address == second.address
    assert first.acquire()
    assert first.acquire()
    assert not second.acquire()
    first.release()
    assert second.acquire()


def test_a_killed_program_leaves_no_lock_behind(tmp_path: Path):
    hold = [sys.executable, "-c", _HOLD + "print(l.acquire(), flush=True); sys.stdin.read()", str(tmp_path)]
    with subprocess.Popen(hold, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:  # noqa: S603 (ourselves)
        assert holder.stdout
        assert holder.stdout.readline().strip() == b"True"
        assert not OfficeLock(tmp_path).acquire()
        holder.kill()
        holder.wait()
        assert OfficeLock(tmp_path).acquire()
