"""Whatever lies in the raw folder: each bad input is turned down by name, the rest goes on, and memory stays small."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
import tarfile
import zipfile

import pytest

from kliping.contract.starter import starter_files

PARAGRAPH = (
    "Dewan kota menunda keputusan tentang pasar lama itu sampai Maret, kata ketua dewan seusai rapat yang berlangsung "
    "hampir lima jam di balai kota, sementara para pedagang menunggu di luar dengan lampion."
)
ENGLISH = (
    "The council put off its decision about the old market until March, its chair said after a meeting that took "
    "almost five hours in the town hall, while the traders waited outside with lanterns in their hands."
)
GIGABYTE = 1 << 30

MEASURED = """
import resource, sys
from kliping.cli import cli
try:
    cli.main(sys.argv[1:], standalone_mode=False)
finally:
    status = open("/proc/self/status").read()  # its own ru_maxrss begins with what the process that started it held
    own = int(status.split("VmHWM:")[1].split()[0])
    print(max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) * 1024)
"""
"""The command, and the most bytes that a process of it held."""


def page(title: str, body: str) -> bytes:
    head = f"<!doctype html><html lang='id'><head><title>{title}</title></head>"
    return f"{head}<body><main><h1>{title}</h1>{body}</main></body></html>".encode()


def zipped(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def packed_outside() -> bytes:
    """A tar whose members want to be written elsewhere."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        for name in ("../naik.txt", "/etc/akar.txt", "baik.txt"):
            data = f"Judul {name}\n\n{PARAGRAPH} {name}".encode()
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return file.getvalue()


def web_archive() -> bytes:
    """Three responses; the second one's header is damaged."""
    records = []
    for number in range(3):
        body = page(f"Rekaman {number}", f"<p>{PARAGRAPH}</p><p>{ENGLISH} {number}</p>")
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
        header = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
            f"WARC-Date: 2024-05-1{number}T00:00:00Z\r\nWARC-Target-URI: https://kabar.example/kota/{number}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        ).encode()
        if number == 1:
            header = header.replace(b"Content-Length: ", b"Content-Length: x")
        records.append(header + http + b"\r\n\r\n")
    return b"".join(records)


TEASERS = "".join(
    f"<div><h3><a href='/kota/{n}'>Kabar dari kota nomor {n} hari ini</a></h3><p>Ringkasan singkat {n}.</p></div>"
    for n in range(30)
)

BAD: dict[str, tuple[bytes, str]] = {
    "404.html": (page("Halaman tidak ditemukan", "<p>Halaman yang Anda cari tidak ada di sini lagi.</p>"), "not-found"),
    "binary.txt": (bytes(range(256)) * 40, "binary"),
    "cookies.html": (
        page(
            "Sebelum lanjut", "<p>Kami dan para mitra memakai cookie di perangkat Anda. Beri persetujuan di sini.</p>"
        ),
        "wall",
    ),
    "empty.txt": (b"", "empty"),
    "english.txt": (f"Council puts off market decision\n\n{ENGLISH}\n\n{ENGLISH} Again.".encode(), "wrong-language"),
    "huge.html": (page("Besar", f"<p>{PARAGRAPH}</p>" * 500_000), "too-large"),
    "index.html": (page("Kota", TEASERS), "index-page"),
    "login.html": (
        page("Pasar lama", "<p>Berlangganan untuk membaca artikel ini, atau masuk untuk melanjutkan membaca.</p>"),
        "wall",
    ),
    "nested.html": (page("Dalam", "<div>" * 100_000 + f"<p>{PARAGRAPH}</p>" * 3), "too-large"),
    "nul.txt": (f"Judul\n\n{PARAGRAPH}\x00{PARAGRAPH}".encode(), "binary"),
    "short.txt": (b"Judul\n\nSatu kalimat.", "too-short"),
    "utf8.txt": (f"Judul kafé\n\n{PARAGRAPH}{' kafé' * 30}".encode() + b" \xff", "undecodable"),
    "bomb.txt.gz": (gzip.compress(bytes(GIGABYTE)), "too-large"),
}
"""A raw file each, and the reason that it is turned down for."""


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], list[str], int]:
    """The reason of each rejection by its path, the paths of the articles, and the bytes that a process held."""
    root = tmp_path_factory.mktemp("bad")
    for name, data in starter_files("bad", "id").items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    settings = root / "pyproject.toml"
    settings.write_text(settings.read_text().replace('language = "id"', 'language = "id"\nlanguages = ["id"]'))
    raw = root / "corpus/raw"
    raw.mkdir(parents=True, exist_ok=True)
    for name, (data, _) in BAD.items():
        (raw / name).write_bytes(data)
    (raw / "good.txt").write_text(f"Dewan menunda keputusan\n\n{PARAGRAPH}\n\n{PARAGRAPH} Selesai.")
    (raw / "outside.tar.gz").write_bytes(packed_outside())
    (raw / "bomb.zip").write_bytes(
        zipped(**{"nol.txt": bytes(GIGABYTE // 4), "baik.txt": f"A\n\n{PARAGRAPH}".encode()})
    )
    lines = [{"text": f"Baris baik\n\n{PARAGRAPH} Baris."}, {"text": "\ud800 " + PARAGRAPH}]
    (raw / "rows.jsonl").write_bytes(b"\n".join([json.dumps(one).encode() for one in lines] + [b'{"text": ']))
    (raw / "crawl.warc").write_bytes(web_archive())
    command = [sys.executable, "-c", MEASURED, "normalise", "-C", str(root), "--workers", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    rejected = [json.loads(line) for line in (root / "corpus/rejected.jsonl").read_text().splitlines()]
    sources = [json.loads(line) for line in (root / "corpus/sources.jsonl").read_text().splitlines()]
    return (
        {one["path"]: one["reason"] for one in rejected},
        [one["path"] for one in sources],
        int(done.stdout.split()[-1]),
    )


@pytest.mark.parametrize("name", BAD)
def test_a_bad_input_is_turned_down_by_name(name: str, outcome: tuple[dict[str, str], list[str], int]) -> None:
    assert outcome[0][name] == BAD[name][1]


def test_a_bad_part_of_a_file_is_turned_down_alone(outcome: tuple[dict[str, str], list[str], int]) -> None:
    inside = {path: reason for path, reason in outcome[0].items() if path not in BAD}
    assert inside == {
        "bomb.zip/nol.txt": "too-large",
        "crawl.warc/2": "broken",
        "crawl.warc/byte-1022": "broken",
        "outside.tar.gz/../naik.txt": "unsafe-path",
        "outside.tar.gz//etc/akar.txt": "unsafe-path",
        "rows.jsonl/2": "broken",
        "rows.jsonl/3": "broken",
    }


def test_the_rest_goes_on(outcome: tuple[dict[str, str], list[str], int]) -> None:
    assert set(outcome[1]) >= {
        "bomb.zip/baik.txt",
        "crawl.warc/1",
        "good.txt",
        "outside.tar.gz/baik.txt",
        "rows.jsonl/1",
    }


def test_no_process_holds_a_gigabyte(outcome: tuple[dict[str, str], list[str], int]) -> None:
    assert outcome[2] < GIGABYTE
