"""The built front end: its names, its weight, its colours, and that it counts words as the server does."""

import gzip
import hashlib
import json
import re
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

from recruit.assets import Assets, NotBuilt

ROOT = Path(__file__).parents[2]
NODE = Path(sys.executable).parent / "node"


def build(folder: Path) -> dict[str, bytes]:
    """Return what the build makes, by name."""
    subprocess.run([NODE, "static/build.mjs", folder], cwd=ROOT, check=True, timeout=120)
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return build(tmp_path_factory.mktemp("built") / "dist")


def test_the_same_sources_build_the_same_bytes(built: dict[str, bytes], tmp_path: Path):
    assert build(tmp_path / "again") == built


def test_a_name_carries_the_hash_of_its_content(built: dict[str, bytes]):
    names = json.loads(built["manifest.json"])

    assert sorted(names) == ["app.css", "app.js", "enabled.js", "mark.svg", "paper.css", "touch-icon.png"]
    for plain, hashed in names.items():
        stem, _, extension = plain.rpartition(".")
        assert hashed == f"{stem}.{hashlib.sha256(built[hashed]).hexdigest()[:12]}.{extension}"


def test_what_compresses_is_compressed_beforehand(built: dict[str, bytes]):
    hashed = [name for name in json.loads(built["manifest.json"]).values() if not name.endswith(".png")]

    assert {name for name in built if name.endswith((".br", ".gz"))} == {
        f"{n}.{e}" for n, e in product(hashed, ("br", "gz"))
    }
    assert [n for n in hashed if gzip.decompress(built[f"{n}.gz"]) != built[n]] == []


@pytest.mark.parametrize(("name", "most"), [("app.css", 20_000), ("app.js", 12_000), ("enabled.js", 500)])
def test_a_page_is_light(built: dict[str, bytes], name: str, most: int):
    assert len(built[json.loads(built["manifest.json"])[name] + ".br"]) < most


def test_the_style_sheet_fetches_nothing_and_names_no_font_of_gov_uk(built: dict[str, bytes]):
    css = built[json.loads(built["manifest.json"])["app.css"]].decode()

    assert re.findall(r"url\(|@import|@font-face|GDS Transport|sourceMappingURL", css) == []


def test_scripts_name_no_path_and_run_no_text(built: dict[str, bytes]):
    names = json.loads(built["manifest.json"])
    scripts = "".join(built[names[name]].decode() for name in ("app.js", "enabled.js"))

    assert re.findall(r"sourceMappingURL|node_modules|\beval\(|new Function|\.innerHTML\s*=", scripts) == []


def test_assets_gives_addresses(tmp_path: Path):
    (tmp_path / "manifest.json").write_text('{"app.css": "app.0123456789ab.css"}')

    assert Assets(tmp_path, "/static/").url("app.css") == "/static/app.0123456789ab.css"


def test_assets_names_what_is_missing(tmp_path: Path):
    (tmp_path / "manifest.json").write_text('{"app.css": "app.0123456789ab.css"}')

    with pytest.raises(NotBuilt, match=r"^app\.js is not among the front-end assets: app\.css\.$"):
        Assets(tmp_path).url("app.js")


@pytest.mark.parametrize("manifest", [None, "{", "[]"])
def test_assets_says_how_to_build_them(tmp_path: Path, manifest: str | None):
    if manifest is not None:
        (tmp_path / "manifest.json").write_text(manifest)

    with pytest.raises(NotBuilt, match="make assets"):
        Assets(tmp_path)


def test_words_and_characters_are_counted_as_the_server_counts_them():
    texts = [f"a{chr(code)}b" for code in range(0x10000) if not 0xD800 <= code < 0xE000]
    texts += ["", " ", "one", " one  two\r\nthree\t", "children’s well-being", "👩‍👧 👍", "\ufeffone"]
    script = """
        import { countCharacters, countWords } from "./static/js/counting.js";
        let sent = "";
        for await (const chunk of process.stdin.setEncoding("utf8")) sent += chunk;
        console.log(JSON.stringify(JSON.parse(sent).map((text) => [countWords(text), countCharacters(text)])));
    """

    counted = subprocess.run(
        [NODE, "--input-type=module", "--eval", script],
        input=json.dumps(texts), cwd=ROOT, check=True, capture_output=True, encoding="utf-8", timeout=60,
    )  # fmt: skip

    lines = [text.replace("\r\n", "\n").replace("\r", "\n") for text in texts]
    assert json.loads(counted.stdout) == [
        [len(text.split()), len(line)] for text, line in zip(texts, lines, strict=True)
    ]


def _brand() -> dict[str, str]:
    scss = (ROOT / "static/css/_brand.scss").read_text() + (ROOT / "static/css/_settings.scss").read_text()
    return {"white": "#ffffff", **dict(re.findall(r'(?:--|")([a-z-]+)"?: (#[0-9a-f]{6})', scss))}


def _light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    ("text", "ground", "least"),
    [
        ("ink", "white", 7), ("ink", "surface", 7), ("ink-soft", "white", 7), ("ink-soft", "surface", 7),
        ("link", "white", 7), ("link", "surface", 4.5), ("link", "accent-pale", 4.5), ("link-visited", "white", 7),
        ("white", "brand", 7), ("brand-strong", "brand-pale", 7), ("accent-ink", "accent", 7),
        ("accent-ink", "accent-strong", 7), ("accent-ink", "accent-pale", 7), ("error", "white", 4.5),
        ("white", "success", 4.5), ("brand", "white", 3), ("brand-bright", "white", 3),
    ],
)  # fmt: skip
def test_text_can_be_read_on_its_ground(text: str, ground: str, least: float):
    """WCAG 2.2: 1.4.6 for body text (7 to 1), 1.4.3 (4.5 to 1), 1.4.11 for what is not text (3 to 1)."""
    dark, light = sorted((_light(_brand()[text]), _light(_brand()[ground])))

    assert (light + 0.05) / (dark + 0.05) >= least
