"""What the player is told, and what the browser is told about the player. No Django.

The player is h5p-standalone (main.bundle.js, frame.bundle.js) in a page of its own, on an
origin of its own, in a sandboxed frame. See frame/README.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from courses.h5p.library import LibraryName
from courses.h5p.packing import complete_metadata

# Without these the player cannot start (h5p-standalone 3.8.2).
PLAYER_FILES = ("main.bundle.js", "frame.bundle.js", "styles/h5p.css")

# Every part of the content origin that may hold program. Uploaded media are not among them.
SCRIPT_FOLDERS = ("/h5p/player/", "/h5p/frame/", "/h5p/libraries/")

# For every file that is not the player page: if somebody opens it by itself, it can do nothing.
FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"

# The core's own words (H5PIntegration.l10n.H5P). Those of content types are
# part of the content.
JAPANESE: Mapping[str, str] = {
    "fullscreen": "全画面表示",
    "disableFullscreen": "全画面表示を終了",
    "download": "ダウンロード",
    "copyrights": "利用条件",
    "embed": "埋め込み",
    "size": "サイズ",
    "showAdvanced": "詳細を表示",
    "hideAdvanced": "詳細を隠す",
    "advancedHelp": "大きさを自動で調整するには、このスクリプトをページに加えてください。",
    "copyrightInformation": "利用条件",
    "close": "閉じる",
    "title": "タイトル",
    "author": "作成者",
    "year": "年",
    "source": "出典",
    "license": "ライセンス",
    "thumbnail": "サムネイル",
    "noCopyrights": "この教材の利用条件は示されていません。",
    "reuse": "再利用",
    "reuseContent": "教材の再利用",
    "reuseDescription": "この教材を再利用します。",
    "downloadDescription": "この教材をH5Pファイルとしてダウンロードします。",
    "copyrightsDescription": "この教材の利用条件を表示します。",
    "embedDescription": "この教材の埋め込みコードを表示します。",
    "h5pDescription": "H5Pについて",
    "contentChanged": "前回の利用後に、この教材の内容が変わりました。",
    "startingOver": "最初からやり直してください。",
    "by": "作成：",
    "showMore": "続きを表示",
    "showLess": "折りたたむ",
    "subLevel": "下位の項目",
    "confirmDialogHeader": "確認",
    "confirmDialogBody": "実行してよろしいですか。この操作は元に戻せません。",
    "cancelLabel": "キャンセル",
    "confirmLabel": "実行する",
    "licenseU": "指定なし",
    "licenseCCBY": "表示",
    "licenseCCBYSA": "表示－継承",
    "licenseCCBYND": "表示－改変禁止",
    "licenseCCBYNC": "表示－非営利",
    "licenseCCBYNCSA": "表示－非営利－継承",
    "licenseCCBYNCND": "表示－非営利－改変禁止",
    "licenseCC40": "4.0 国際",
    "licenseCC30": "3.0 非移植",
    "licenseCC25": "2.5 一般",
    "licenseCC20": "2.0 一般",
    "licenseCC10": "1.0 一般",
    "licenseGPL": "一般公衆利用許諾書",
    "licenseV3": "バージョン3",
    "licenseV2": "バージョン2",
    "licenseV1": "バージョン1",
    "licensePD": "パブリックドメイン",
    "licenseCC010": "CC0 1.0 全世界（パブリックドメイン提供）",
    "licensePDM": "パブリックドメインマーク",
    "licenseC": "著作権あり",
    "contentType": "種類",
    "licenseExtras": "ライセンスの補足",
    "changes": "変更履歴",
    "contentCopied": "教材をクリップボードにコピーしました。",
    "connectionLost": "接続が切れました。結果は保存しておき、接続が戻ったときに送信します。",
    "connectionReestablished": "接続が戻りました。",
    "resubmitScores": "保存しておいた結果を送信しています。",
    "offlineDialogHeader": "サーバーとの接続が切れました",
    "offlineDialogBody": "結果を送信できませんでした。ネットワークの接続を確認してください。",
    "offlineDialogRetryMessage": ":num秒後に再度送信します。",
    "offlineDialogRetryButtonLabel": "今すぐ再度送信する",
    "offlineSuccessfulSubmit": "結果を送信しました。",
}

# Words that the official language files of a type leave in English: (type, path) → text.
JAPANESE_SUPPLEMENTS: Mapping[str, Mapping[str, Any]] = {
    "H5P.TrueFalse": {"l10n": {"scoreBarLabel": ":total点満点中:num点です"}},
}


def core_strings(language: str) -> dict[str, str]:
    """The core's words in the language; empty = the player's own English ones."""
    return dict(JAPANESE) if language.split("-")[0] == "ja" else {}


def player_metadata(
    metadata: Mapping[str, Any],
    main: LibraryName,
    closure: Iterable[LibraryName],
    *,
    title: str,
    language: str,
) -> dict[str, Any]:
    """h5p.json as the player needs it: what it reads, and the whole closure of libraries."""
    complete = complete_metadata(metadata, main, closure)
    return {
        "title": title,
        "language": language,
        "mainLibrary": complete["mainLibrary"],
        "embedTypes": ["div"],
        "license": metadata.get("license", "U"),
        "preloadedDependencies": complete["preloadedDependencies"],
    }


def page_policy(*, content_origin: str, site_origins: Sequence[str]) -> str:
    """Content-Security-Policy of the player page.

    The sandbox makes the page's origin opaque even where somebody forgets the frame's own
    attribute; 'self' would then match nothing, so the origin is named. Style attributes are
    everywhere in H5P. No eval: types from before 2022 that need it stay blank.
    """
    scripts = " ".join(f"{content_origin}{folder}" for folder in SCRIPT_FOLDERS)
    directives = {
        "sandbox": "allow-scripts",
        "default-src": "'none'",
        "script-src": scripts,
        "style-src": f"{scripts} 'unsafe-inline'",
        "img-src": f"{content_origin} data: blob:",
        "font-src": f"{content_origin} data:",
        "media-src": f"{content_origin} data: blob:",
        "connect-src": content_origin,
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": " ".join(site_origins) or "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())
