"""The DX office's way with a project, and what the ledger and the chain say of it."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

# The sample office's HR is its DX office, too.
OFFICE = "001017"
LEARNER = "001001"


@pytest.fixture(scope="session")
def staff(on_site: Callable[..., Any]) -> dict[str, Any]:
    found: dict[str, Any] = on_site("staff_for_projects")
    return found


def section(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name).or_(
        page.locator("section").filter(has=page.get_by_role("heading", level=2, name=name))
    )


def way(page: Page, title: str) -> Locator:
    """One of the next steps."""
    ways = page.get_by_role("list", name="次の手続き")
    return ways.get_by_role("listitem").filter(
        has=page.get_by_role("heading", name=re.compile(title))
    )


def take(page: Page, title: str, reason: str = "") -> None:
    """A step that is ready."""
    way(page, title).get_by_role("button", name=title).click()
    dialog = page.get_by_role("dialog")
    if reason:
        dialog.get_by_label(re.compile("理由|補足")).fill(reason)
    dialog.get_by_role("button", name=title).click()
    expect(dialog).to_have_count(0)


def stage(page: Page) -> Locator:
    return page.get_by_role("list", name="プロジェクトの段階").locator('[aria-current="step"]')


def choose(page: Page, label: str, person: dict[str, str]) -> None:
    """Somebody for a field of a form, looked up in a box of its own."""
    field = page.get_by_role("group", name=label)
    field.get_by_role("button", name=re.compile("探す|選び直す")).click()
    box = page.get_by_role("dialog", name=label)
    box.get_by_label("氏名・フリガナ・職員番号").fill(person["name"])
    page.keyboard.press("Enter")
    box.get_by_role("button", name=f"{person['name']}さんを選ぶ").first.click()
    expect(box).to_have_count(0)
    expect(field).to_contain_text(person["name"])
    expect(field.get_by_role("button", name="選び直す")).to_be_focused()


def record(
    page: Page, phase: str, cases: str, minutes: str, how: str, by: dict[str, str] | None = None
) -> None:
    page.get_by_role("button", name="効果の数値を記録する").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("区分").select_option(label=phase)
    dialog.get_by_label("年間の件数").fill(cases)
    dialog.get_by_label("１件当たりの時間（分）").fill(minutes)
    dialog.get_by_label("測り方").fill(how)
    if by is not None:
        choose(page, "測定した職員", by)
    dialog.get_by_role("button", name="記録する", exact=True).click()
    expect(dialog).to_have_count(0)


def test_a_proposal_from_a_template_is_assessed_taken_back_and_approved(
    page: Page,
    staff: dict[str, Any],
    sign_in: Callable[[str], None],
    is_accessible: Callable[[], None],
) -> None:
    sign_in(OFFICE)
    menu = page.get_by_role("navigation", name="主なページ")
    menu.get_by_role("link", name="DXプロジェクト", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="DXプロジェクト")).to_be_visible()
    page.get_by_role("link", name="ひな形の一覧").click()
    card = page.get_by_role("listitem").filter(has_text="1,471時間 → 441時間").first
    # The seed's two measured cases.
    expect(card).to_contain_text("（1,030時間、70.0%の削減）")
    known = "年1,450時間 → 680時間（770時間、53.1%の削減）"
    expect(page.get_by_role("main")).to_contain_text(known)
    is_accessible()
    card.get_by_role("button", name=re.compile("から始める")).click()

    # What is particular to this office.
    expect(page.get_by_role("heading", level=1, name=re.compile("の変更"))).to_be_visible()
    is_accessible()
    page.get_by_label("業務を見直す所属").select_option(staff["section_key"])
    today = date.today()
    page.get_by_label("開始日").fill(str(today))
    page.get_by_label("終了日").fill(str(today - timedelta(days=1)))
    page.get_by_role("button", name="保存する").click()
    expect(page.get_by_text("終了日は開始日以降にしてください。")).to_be_visible()
    page.get_by_label("終了日").fill(str(today + timedelta(days=120)))
    page.get_by_label("定員").fill("3")
    page.get_by_role("button", name="保存する").click()
    expect(stage(page)).to_have_text("提案")
    expect(page.get_by_text("定員3人中0人").first).to_be_visible()

    # Its words, by the rules of a proposal.
    page.get_by_role("button", name="名称・概要を変更").click()
    words = page.get_by_role("dialog", name="名称・概要を変更")
    words.get_by_label("名称（必須）").fill(" ")
    words.get_by_role("button", name="保存する").click()
    expect(words.get_by_text("入力してください。")).to_be_visible()
    is_accessible()
    words.get_by_label("名称（必須）").fill("申請書入力の見直し")
    words.get_by_label(re.compile("^概要.*必須")).fill("【いまの作業】\n紙を見て打ち込む。")
    words.get_by_role("button", name="保存する").click()
    expect(words).to_have_count(0)
    expect(page.get_by_role("heading", level=1, name="申請書入力の見直し")).to_be_visible()
    expect(page.get_by_text("紙を見て打ち込む。")).to_be_visible()

    # A step that lacks something says what, and is refused with the same words.
    assess = way(page, "事前評価を終える")
    expect(assess).to_contain_text("DX推進担当・所属長")
    expect(assess.get_by_role("listitem")).to_have_count(2)
    assess.get_by_role("button").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="事前評価を終える").click()
    refusal = dialog.get_by_role("alert")
    expect(refusal).to_contain_text("記録できませんでした")
    for text in assess.get_by_role("listitem").all_inner_texts():
        expect(refusal).to_contain_text(text)
    is_accessible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)

    # One formula, shown while typing.
    page.get_by_role("button", name="効果の数値を記録する").click()
    dialog.get_by_label("年間の件数").fill("1,450")
    dialog.get_by_label("１件当たりの時間（分）").fill("60")
    expect(dialog.get_by_role("status")).to_contain_text("1,450時間")
    dialog.get_by_role("button", name="記録する", exact=True).click()
    expect(dialog.get_by_text("測り方を入力してください。")).to_be_visible()
    is_accessible()
    dialog.get_by_label("測り方").fill("業務日誌で１か月分を数えた。")
    dialog.get_by_role("button", name="記録する", exact=True).click()
    expect(dialog).to_have_count(0)
    record(page, "見込み", "1450", "28.14", "試行した係の所要時間から見込んだ。")
    forecast = page.locator('[data-saving="forecast"]')
    expect(forecast).to_contain_text("年1,450時間 → 680.1時間")
    expect(forecast).to_contain_text("（53.1%減）")
    expect(page.locator('[data-saving="measured"]')).to_contain_text("まだ測定していません。")

    take(page, "事前評価を終える", "効果が見込める。")
    expect(stage(page)).to_have_text("事前評価済み")
    page.get_by_role("button", name="直前の手続きを取り消す").click()
    page.get_by_role("dialog").get_by_role("button", name="取り消す", exact=True).click()
    expect(stage(page)).to_have_text("提案")
    history = section(page, "これまでの経過").get_by_role("listitem")
    expect(history.first).to_contain_text("直前の手続きを取消し")
    expect(history.nth(1)).to_contain_text("取消し済み")
    expect(history.nth(1)).to_contain_text("効果が見込める。")
    take(page, "事前評価を終える")
    take(page, "承認する", "今年度の重点とする。")
    expect(stage(page)).to_have_text("承認・募集中")
    is_accessible()


def test_an_approved_project_is_staffed_run_and_measured(
    page: Page,
    staff: dict[str, Any],
    on_site: Callable[..., Any],
    sign_in: Callable[[str], None],
    is_accessible: Callable[[], None],
    keyboard: Callable[..., None],
) -> None:
    key = on_site("make_project", "証明書発行のRPA", "approved", staff)
    sign_in(OFFICE)
    page.goto(f"/projects/{key}")
    expect(way(page, "開始する")).to_contain_text("責任者を決めてください。")

    # The lead is taken in by keyboard alone.
    expect(page.get_by_role("button", name="メンバーを追加する")).to_be_visible()
    page.get_by_role("button", name="メンバーを追加する").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("氏名・フリガナ・職員番号").focus()
    page.keyboard.type(staff["lead"]["number"])
    page.keyboard.press("Enter")
    expect(dialog.get_by_text("1人見つかりました。")).to_be_visible()
    is_accessible()
    keyboard(f"{staff['lead']['name']}さんを選ぶ")
    expect(dialog.get_by_label("役割")).to_have_value("lead")
    keyboard("追加する")
    expect(dialog).to_have_count(0)
    team = page.get_by_role("table", name="メンバー")
    expect(team.get_by_role("row").filter(has_text=staff["lead"]["name"])).to_contain_text("責任者")
    expect(page.get_by_role("button", name="メンバーを追加する")).to_be_focused()

    page.get_by_role("button", name="メンバーを追加する").click()
    dialog.get_by_label("氏名・フリガナ・職員番号").fill(staff["member"]["number"])
    dialog.get_by_role("button", name="検索").click()
    dialog.get_by_role("button", name=f"{staff['member']['name']}さんを選ぶ").click()
    expect(dialog.get_by_label("役割")).to_have_value("member")
    dialog.get_by_role("button", name="追加する").click()
    expect(team.get_by_role("row")).to_have_count(3)
    expect(way(page, "開始する")).to_contain_text(staff["lead"]["name"])

    take(page, "開始する")
    expect(stage(page)).to_have_text("実施中")
    expect(way(page, "効果測定を終える").get_by_role("listitem")).to_have_count(1)
    record(page, "実施後の測定", "60", "441", "業務日誌で１か月分を数えた。")
    measured = page.locator('[data-saving="measured"]')
    expect(measured).to_contain_text("年1,471時間 → 441時間")
    expect(measured).to_contain_text("年1,030時間の削減（70.0%減）")
    expect(measured).to_contain_text("時間単価が定められていないため")
    # A second figure of the same kind corrects the first, which stays.
    record(page, "実施後の測定", "60", "450", "数え直した。", by=staff["member"])
    rows = page.get_by_role("table", name="記録された数値").get_by_role("row")
    expect(rows.filter(has_text="訂正済み")).to_have_count(1)
    expect(rows.last).to_contain_text(staff["member"]["name"])
    expect(measured).to_contain_text("年1,471時間 → 450時間")
    take(page, "効果測定を終える")
    expect(stage(page)).to_have_text("効果測定済み")
    expect(page.get_by_role("list", name="次の測定").get_by_role("listitem")).to_have_count(2)
    is_accessible()


def test_work_is_confirmed_becomes_evidence_and_the_project_is_closed(
    page: Page,
    staff: dict[str, Any],
    on_site: Callable[..., Any],
    sign_in: Callable[[str], None],
    is_accessible: Callable[[], None],
) -> None:
    key = on_site("make_project", "申請書入力のRPA", "measured", staff)
    need = on_site("needs_of_template")[0]
    sign_in(OFFICE)
    page.goto(f"/projects/{key}")
    member = staff["member"]
    row = (
        page.get_by_role("table", name="メンバー")
        .get_by_role("row")
        .filter(has_text=member["name"])
    )

    def confirm() -> None:
        row.get_by_role("button", name="実績を確認").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label(re.compile(re.escape(need["title"]))).select_option("3")
        is_accessible()
        dialog.get_by_role("button", name="確認する", exact=True).click()
        expect(dialog).to_have_count(0)
        expect(row).to_contain_text("に確認")

    confirm()
    assert on_site("evidence_of_work", member["number"], key) == [[need["key"], 3]]
    row.get_by_role("button", name="確認を取り消す").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="確認を取り消す").click()
    expect(dialog.get_by_text("理由を入力してください。")).to_be_visible()
    dialog.get_by_label("理由（必須）").fill("別の職員の実績だった。")
    dialog.get_by_role("button", name="確認を取り消す").click()
    expect(row).to_contain_text("未確認")
    assert on_site("evidence_of_work", member["number"], key) == []
    confirm()

    take(page, "完了する")
    expect(stage(page)).to_have_text("終了")
    expect(page.get_by_text("次の手続きはありません。")).to_be_visible()
    is_accessible()

    # The project's own chain: what the member learned, and the evidence just confirmed.
    page.get_by_role("link", name="研修から削減時間までのつながりを見る").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("申請書入力のRPA")
    told = on_site("chain_in_tables", [key])
    for name, text in (
        ("courses", f"{told['courses']}件"),
        ("competencies", f"{told['competencies']}件"),
        ("people", f"{told['people']}人"),
        ("hours", "年1,030時間"),
    ):
        expect(page.locator(f'[data-chain="{name}"]').get_by_role("link")).to_have_text(text)
    is_accessible()
    page.locator('[data-chain="hours"]').get_by_role("link").click()
    expect(page.get_by_role("heading", level=1, name="申請書入力のRPA")).to_be_visible()


def saved(figures: list[dict[str, Any]], after: tuple[str, ...]) -> dict[str, float]:
    """Project -> hours saved, by the last of these phases that it has."""
    by_project: dict[str, dict[str, float]] = {}
    for row in figures:
        by_project.setdefault(row["project"], {})[row["phase"]] = row["hours"]
    found = {}
    for project, hours in by_project.items():
        last = [phase for phase in after if phase in hours]
        if "before" in hours and last:
            found[project] = hours["before"] - hours[last[-1]]
    return found


MEASURED = ("measured", "measured_3m", "measured_12m")


def hours_in(text: str) -> float:
    found = re.search(r"[\d,]+(\.\d)?", text)
    assert found is not None, text
    return float(found[0].replace(",", ""))


def test_the_ledger_says_what_the_figures_of_the_database_add_up_to(
    page: Page,
    staff: dict[str, Any],
    on_site: Callable[..., Any],
    sign_in: Callable[[str], None],
    is_accessible: Callable[[], None],
    fits_a_phone: Callable[[str], None],
) -> None:
    on_site("make_project", "台帳のためのRPA", "measured", staff)
    on_site("make_project", "見込みだけのRPA", "assessed", staff)
    figures = on_site("figures_in_force")
    measured, forecast = saved(figures, MEASURED), saved(figures, ("forecast",))
    assert len(forecast) > len(measured) > 0
    sign_in(OFFICE)
    page.goto("/benefits")
    expect(page.get_by_role("heading", level=1, name="効果の台帳")).to_be_visible()
    for kind, found in (("measured", measured), ("forecast", forecast)):
        panel = page.locator(f'[data-total="{kind}"]')
        whole = hours_in(panel.get_by_role("link").inner_text())
        assert whole == pytest.approx(sum(found.values()), abs=0.06)
        expect(panel).to_contain_text(f"{len(found)}件のプロジェクト")
    measures = {row["project"]: row["measure"] for row in figures}
    table = page.get_by_role("table", name="施策ごとの削減時間", exact=True)
    for measure in set(measures.values()):
        row = table.get_by_role("row").filter(has=page.get_by_role("rowheader", name=measure))
        told = [hours_in(one.inner_text()) for one in row.get_by_role("link").all()]
        mine = [
            sum(hours for project, hours in found.items() if measures[project] == measure)
            for found in (measured, forecast)
            if any(measures[project] == measure for project in found)
        ]
        assert told == pytest.approx(mine, abs=0.06)
    expect(page.get_by_role("img", name=re.compile("測定結果"))).to_be_visible()
    is_accessible()

    # A number opens its entries, an entry its project.
    by_section = page.get_by_role("table", name="所属ごとの削減時間", exact=True)
    row = by_section.get_by_role("row").filter(
        has=page.get_by_role("rowheader", name=staff["section"])
    )
    number = row.get_by_role("link").first
    total = hours_in(number.inner_text())
    number.click()
    expect(page.get_by_role("heading", level=1, name="測定結果の内訳")).to_be_visible()
    entries = page.get_by_role("table", name="測定結果の内訳").get_by_role("row")
    expect(entries.nth(1)).to_be_visible()
    parts = [hours_in(one.get_by_role("cell").nth(2).inner_text()) for one in entries.all()[1:]]
    assert sum(parts) == pytest.approx(total, abs=0.2)
    is_accessible()
    entries.filter(has_text="台帳のためのRPA").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1, name="台帳のためのRPA")).to_be_visible()
    fits_a_phone("/benefits")
    fits_a_phone("/benefits/entries?kind=forecast")


def test_every_number_of_the_chain_is_that_of_the_database_and_opens_what_it_counts(
    page: Page,
    staff: dict[str, Any],
    on_site: Callable[..., Any],
    sign_in: Callable[[str], None],
    is_accessible: Callable[[], None],
    fits_a_phone: Callable[[str], None],
) -> None:
    on_site("make_project", "つながりのためのRPA", "measured", staff)
    figures = on_site("figures_in_force")
    measured = saved(figures, MEASURED)
    told = on_site("chain_in_tables", sorted(measured))
    assert min(told.values()) > 0
    sign_in(OFFICE)
    page.goto("/benefits/chain")
    this_year = page.get_by_role("list", name=re.compile("研修から削減時間まで")).first

    def number(name: str) -> Locator:
        return this_year.locator(f'[data-chain="{name}"]').get_by_role("link")

    # All of them were measured today, by the services or by the tests before.
    assert hours_in(number("courses").inner_text()) == told["courses"]
    assert hours_in(number("competencies").inner_text()) == told["competencies"]
    assert hours_in(number("projects").inner_text()) == len(measured)
    expect(this_year).to_contain_text(f"職員{told['people']}人")
    assert hours_in(number("hours").inner_text()) == pytest.approx(sum(measured.values()), abs=0.06)
    is_accessible()

    for name, count in (("courses", told["courses"]), ("competencies", told["competencies"])):
        title = {"courses": "受講した研修（延べ）", "competencies": "身に付けたスキル（延べ）"}[
            name
        ]
        number(name).click()
        listed = section(page, title).get_by_role("listitem")
        expect(listed.first).to_be_visible()
        texts = [one.locator("span").inner_text() for one in listed.all()]
        assert sum(hours_in(text) for text in texts) == count
        page.go_back()
    number("projects").click()
    is_accessible()
    projects = section(page, "実施したプロジェクト").get_by_role("listitem")
    expect(projects).to_have_count(len(measured))
    projects.filter(has_text="つながりのためのRPA").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("つながりのためのRPA")
    page.go_back()
    section(page, "受講した研修（延べ）").get_by_role("link").first.click()
    page.wait_for_url(re.compile("/courses/"))
    page.go_back()
    section(page, "身に付けたスキル（延べ）").get_by_role("link").first.click()
    page.wait_for_url(re.compile(r"/matrix\?competency="))
    page.goto("/benefits/chain")
    number("hours").click()
    page.wait_for_url(re.compile("/benefits/entries"))
    expect(page.get_by_role("table").get_by_role("row")).to_have_count(len(measured) + 1)
    fits_a_phone("/benefits/chain")


def test_the_board_is_narrowed_and_fits_a_phone(
    page: Page,
    staff: dict[str, Any],
    on_site: Callable[..., Any],
    sign_in: Callable[[str], None],
    is_accessible: Callable[[], None],
    fits_a_phone: Callable[[str], None],
) -> None:
    key = on_site("make_project", "盤面のためのRPA", "running", staff)
    sign_in(OFFICE)
    page.goto("/projects")
    running = section(page, "実施中")
    card = running.get_by_role("listitem").filter(has_text="盤面のためのRPA")
    expect(card).to_contain_text("あなたの手続き待ち")
    expect(card).to_contain_text("効果測定を終える")
    expect(card).to_contain_text("担当：DX推進担当・責任者")
    expect(card).to_contain_text("必要な項目が1件不足")
    expect(card).to_contain_text("871時間／年")
    is_accessible()
    page.get_by_label("対象").select_option(label="自分が提案・参加しているもの")
    expect(page.get_by_text("条件に合うプロジェクトはありません。")).to_be_visible()
    page.get_by_label("対象").select_option(label="すべて")
    page.get_by_label("業務を見直す所属").select_option(label=staff["section"])
    page.wait_for_url(re.compile(f"department={staff['section_key']}"))
    expect(card).to_be_visible()
    for path in ("/projects", "/projects/catalogue", f"/projects/{key}", f"/projects/{key}/edit"):
        fits_a_phone(path)


def test_somebody_without_a_part_sees_the_project_and_no_names(
    page: Page,
    staff: dict[str, Any],
    on_site: Callable[..., Any],
    sign_in: Callable[[str], None],
    is_accessible: Callable[[], None],
) -> None:
    agreed = on_site("make_project", "みんなが見るRPA", "running", staff)
    proposal = on_site("make_project", "まだ提案のRPA", "proposed", staff)
    sign_in(LEARNER)
    page.goto(f"/projects/{agreed}")
    expect(page.get_by_text("メンバーの氏名は、関係者にのみ表示します。")).to_be_visible()
    expect(page.get_by_role("main")).not_to_contain_text(staff["lead"]["name"])
    for name in ("効果の数値を記録する", "メンバーを追加する", "効果測定を終える"):
        expect(page.get_by_role("button", name=name)).to_have_count(0)
    is_accessible()
    page.goto("/projects")
    expect(section(page, "実施中")).to_contain_text("みんなが見るRPA")
    expect(page.get_by_role("main")).not_to_contain_text("まだ提案のRPA")
    nav = page.get_by_role("navigation", name="DXプロジェクトのページ")
    expect(nav.get_by_role("link", name="研修から削減時間まで")).to_have_count(0)
    page.goto(f"/projects/{proposal}")
    expect(page.get_by_role("heading", level=1, name=re.compile("見つかりません"))).to_be_visible()
