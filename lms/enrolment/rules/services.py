"""Assignments follow the rules: set operations in the database, the same input the same rows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db import transaction
from django.db.models import (
    Case,
    DateTimeField,
    Exists,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone

from courses.catalogue.selectors import published_courses
from courses.models import Course
from lms.enrolment.models import Assignment, AudienceRule, Enrolment
from lms.enrolment.rules.compiling import OfficeKeys, office_keys
from lms.enrolment.rules.insertion import count_anew, insert_from
from lms.enrolment.rules.outcome import Outcome
from lms.enrolment.rules.schedule import (
    EVERY_MONTHS,
    ONCE,
    YEARLY,
    fiscal_year_start,
    office_midnight,
    periods_since,
)
from lms.enrolment.rules.selectors import (
    BINDING_DUE,
    postings_bound,
    unfinished,
)
from lms.people.calendar import fiscal_year
from lms.people.models import Employee, Posting
from lms.progress.models import CourseProgress

# From so many new rows on, a plan made without knowing of them may take minutes.
MANY = 1_000


@transaction.atomic
def evaluate_rules(*, on: date, course: Course | None = None) -> Outcome:
    """Bring assignments and enrolments in line with the mandatory rules on that day.

    To be called after an import, a change of postings, a publication, a change of rules, and
    nightly. Twice on a day changes nothing. The number of queries grows with the rules and with
    the days on which people entered, not with the people.

    Args:
        course: None = every course. Rules of an unpublished course begin no duty yet.

    Raises:
        InvalidCondition: `unknown_key`; nothing was changed.
    """
    rules = lock_rules(course=course)
    assignments = Assignment.objects.all()
    if course is not None:
        assignments = assignments.filter(course=course)
    published = set(published_courses().values_list("pk", flat=True))
    duties = [rule for rule in rules if rule.is_mandatory and rule.course_id in published]
    known = _known(assignments)
    keys = office_keys()
    ended = _end(assignments.exclude(rule__is_mandatory=True), on)
    opened = resumed = moved = 0
    for rule in duties:
        evaluation = _Evaluation(rule, on, keys, known.get(rule.pk, []))
        ended += evaluation.end_for_leavers()
        resumed += evaluation.resume()
        begun = evaluation.open()
        ended += evaluation.end_earlier_periods() if begun else 0
        opened += begun
        moved += evaluation.move_due_dates()
    if opened >= MANY:
        count_anew(Assignment)
    completed = _complete(assignments)
    enrolled = _enrol(assignments)
    return Outcome(opened, resumed, ended, moved, completed, enrolled)


def lock_rules(*, course: Course | None = None) -> list[AudienceRule]:
    """The course's rules, or all, held until the transaction ends, in one order.

    Two evaluations at once wait here. Whoever will hold enrolments too takes these first.
    """
    rows = AudienceRule.objects.select_for_update(no_key=True).order_by("pk")
    return list(rows if course is None else rows.filter(course=course))


@dataclass(frozen=True)
class _Known:
    """Assignments of a rule that are alike: one row per rule, period, days and whether ended."""

    period: int
    starts_on: date
    due_on: date | None
    is_open: bool


def _known(assignments: QuerySet[Assignment]) -> dict[int, list[_Known]]:
    """What there is, by rule, in one query, so that nothing is asked about what there is not."""
    known: dict[int, list[_Known]] = defaultdict(list)
    for rule_id, period, starts_on, due_on, is_open in (
        assignments.exclude(rule=None)
        .annotate(is_open=Q(ended_on=None))
        .order_by("rule_id", "period", "starts_on", "due_on", "is_open")
        .values_list("rule_id", "period", "starts_on", "due_on", "is_open")
        .distinct()
    ):
        known[rule_id].append(_Known(period, starts_on, due_on, is_open))
    return known


@dataclass(frozen=True)
class _Evaluation:
    """One rule on one day. `known` as of before; its steps are taken in order."""

    rule: AudienceRule
    on: date
    keys: OfficeKeys
    known: Sequence[_Known]

    @property
    def rows(self) -> QuerySet[Assignment]:
        return Assignment.objects.filter(rule=self.rule).order_by()

    @cached_property
    def meant(self) -> QuerySet[Posting]:
        return postings_bound(self.rule, self.keys, self.on)

    def end_for_leavers(self) -> int:
        if not any(row.is_open for row in self.known):
            return 0
        return _end(self.rows.exclude(employee__in=self.meant.values("employee")), self.on)

    def resume(self) -> int:
        """Who comes back within the same period goes on with it, by a new due date."""
        if all(row.is_open for row in self.known):
            return 0
        back = self.rows.filter(
            self._running(), ended_on__isnull=False, employee__in=self.meant.values("employee")
        ).exclude(employee__in=self.rows.filter(ended_on=None).values("employee"))
        schedule = self.rule.schedule
        # Ended today and back today: an order was taken back, and nothing has happened.
        count = back.filter(Q(ended_on=self.on) | Q(completed_at__isnull=False)).update(
            ended_on=None
        )
        return count + back.update(
            ended_on=None,
            starts_on=self.on,
            due_on=schedule.due_of(self.on),
            extended_to=None,
        )

    def _running(self) -> Q:
        """Of ended rows, those whose period is the one that runs on the day."""
        rule = self.rule
        if rule.repeats == YEARLY:
            return Q(period=fiscal_year(self.on))
        later = self.rows.filter(employee=OuterRef("employee"), period__gt=OuterRef("period"))
        latest = ~Exists(later)
        if rule.repeats == ONCE:
            return Q(latest)
        gone = [
            row.starts_on
            for row in self.known
            if periods_since(row.starts_on, rule.repeat_months or 1, self.on)[0]
        ]
        return Q(latest) & ~Q(starts_on__in=gone)

    def open(self) -> int:
        """A first period for who has none, the next for whom a period went by."""
        rule, on = self.rule, self.on
        if rule.repeats == YEARLY:
            year, start = fiscal_year(on), fiscal_year_start(on)
            has_this = self.rows.filter(period__gte=year)
            went_on = self.rows.filter(ended_on=None, starts_on__lt=start)
            count = 0
            if any(row.is_open and row.starts_on < start for row in self.known):
                meant = self.meant.exclude(employee__in=has_this.values("employee"))
                count = self._insert(
                    meant.filter(employee__in=went_on.values("employee")), year, start
                )
            return count + self._insert(
                self.meant.exclude(employee__in=has_this.values("employee")), year, on
            )
        count = 0
        if rule.repeats == EVERY_MONTHS:
            count = sum(
                self._insert_next(period, starts_on)
                for period, starts_on in sorted({(row.period, row.starts_on) for row in self.known})
            )
        first = self.meant.exclude(employee__in=self.rows.values("employee"))
        return count + self._insert(first, 0, on)

    def _insert_next(self, period: int, starts_on: date) -> int:
        """The running period of those whose latest one began on a day and has gone by."""
        gone, begins_on = periods_since(starts_on, self.rule.repeat_months or 1, self.on)
        if not gone:
            return 0
        latest = self.rows.filter(period=period, starts_on=starts_on)
        later = self.rows.filter(period__gt=period)
        meant = self.meant.filter(employee__in=latest.values("employee")).exclude(
            employee__in=later.values("employee")
        )
        # Who had left by then begins anew, and not in the middle of a period.
        stayed = latest.filter(ended_on=None).values("employee")
        return self._insert(
            meant.filter(employee__in=stayed), period + gone, begins_on
        ) + self._insert(meant.exclude(employee__in=stayed), period + gone, self.on)

    def _insert(self, meant: QuerySet[Posting], period: int, starts_on: date) -> int:
        """One row per person; of several postings the main one is why."""
        rule, schedule = self.rule, self.rule.schedule
        return insert_from(
            Assignment,
            meant.values("employee_id"),
            {
                "employee": F("employee_id"),
                "posting": Coalesce(Min("pk", filter=Q(is_main=True)), Min("pk")),
                "course": rule.course_id,
                "rule": rule.pk,
                "condition": rule.condition,
                "period": period,
                "entered_on": self.on,
                "starts_on": starts_on,
                "due_on": schedule.due_of(starts_on),
                "extended_to": None,
                "counts_from": schedule.counts_from(starts_on),
                "completed_at": None,
                "ended_on": None,
            },
        )

    def end_earlier_periods(self) -> int:
        """A new period takes the place of the one before it, met or not."""
        if not any(row.is_open for row in self.known):
            return 0
        later = self.rows.filter(employee=OuterRef("employee"), period__gt=OuterRef("period"))
        return self.rows.filter(Exists(later), ended_on=None).update(ended_on=self.on)

    def move_due_dates(self) -> int:
        """After a change of the rule, what is open is due by the rule as it is now."""
        schedule = self.rule.schedule
        count = 0
        for row in self.known:
            due_on = schedule.due_of(row.starts_on)
            if row.is_open and row.due_on != due_on:
                same = self.rows.filter(
                    starts_on=row.starts_on, due_on=row.due_on, ended_on=None, completed_at=None
                )
                # An extension was given for the day that no longer holds.
                count += same.update(due_on=due_on, extended_to=None)
        return count


def _end(rows: QuerySet[Assignment], on: date) -> int:
    """End what is open. What was entered on the same day never held: it goes, and with it an
    enrolment that nothing else asked for and nobody began, so that an order taken back on its day
    leaves no trace."""
    open_rows = rows.filter(ended_on=None)
    count = open_rows.count()
    if not count:
        return 0
    never_held = Assignment.objects.filter(
        pk__in=list(
            open_rows.filter(entered_on=on, starts_on=on, completed_at=None).values_list(
                "pk", flat=True
            )
        )
    )
    pair = {"employee": OuterRef("employee"), "course": OuterRef("course")}
    asked_by_nothing_else = Enrolment.objects.filter(
        Exists(never_held.filter(**pair)),
        ~Exists(Assignment.objects.filter(**pair).exclude(pk__in=never_held.values("pk"))),
    )
    asked_by_nothing_else.filter(
        ~Exists(CourseProgress.objects.filter(**pair)),
        source=Enrolment.Source.ASSIGNED,
        enrolled_at__gte=office_midnight(on),
    ).delete()
    asked_by_nothing_else.update(due_on=None)
    never_held.delete()
    open_rows.update(ended_on=on)
    return count


def _complete(assignments: QuerySet[Assignment]) -> int:
    """Note learning that meets what is open: of the course, or of one that counts as it."""
    since = OuterRef("counts_from")
    equal = AudienceRule.equal_courses.through.objects.filter(
        audiencerule_id=OuterRef(OuterRef("rule_id"))
    )
    first_counts = Q(completed_at__gte=since)
    met = (
        CourseProgress.objects.filter(
            Q(course=OuterRef("course")) | Q(course__in=equal.values("course_id")),
            employee=OuterRef("employee"),
            completed_at__isnull=False,
        )
        .annotate(
            met_at=Case(
                When(first_counts, then=F("completed_at")),
                When(renewed_at__gte=since, then=F("renewed_at")),
                output_field=DateTimeField(),
            )
        )
        .order_by()
        .values("employee")
    )
    rows = unfinished(assignments.filter(ended_on=None))
    whenever = rows.filter(counts_from=None).annotate(
        met_at=Subquery(met.annotate(first=Min("completed_at")).values("first"))
    )
    recently = rows.exclude(counts_from=None).annotate(
        met_at=Subquery(met.annotate(first=Min("met_at")).values("first"))
    )
    return sum(
        part.exclude(met_at=None).update(completed_at=F("met_at")) for part in (whenever, recently)
    )


def note_completion_anew(*, employee: Employee, course: Course) -> None:
    """After learning was taken back: what the course had met is open again, unless it still is."""
    rows = Assignment.objects.filter(
        Q(course=course) | Q(rule__equal_courses=course), employee=employee, ended_on=None
    )
    ids = set(rows.values_list("pk", flat=True))
    affected = Assignment.objects.filter(pk__in=ids)
    affected.update(completed_at=None)
    _complete(affected)


def _enrol(assignments: QuerySet[Assignment]) -> int:
    """Enrolments follow the assignments: one per person and course, by the earliest due date.

    One that an assignment had asked for stays when nothing asks any more, without a due date.
    """
    open_rows = assignments.filter(ended_on=None).order_by()
    pair = {"employee": OuterRef("employee"), "course": OuterRef("course")}
    enrolled = Enrolment.objects.filter(**pair)
    new = insert_from(
        Enrolment,
        open_rows.exclude(Exists(enrolled)).values("employee_id", "course_id"),
        {
            "employee": F("employee_id"),
            "course": F("course_id"),
            "source": Enrolment.Source.ASSIGNED,
            "enrolled_at": timezone.now(),
            "due_on": Coalesce(Min(BINDING_DUE, filter=Q(completed_at=None)), Min(BINDING_DUE)),
        },
    )
    if new >= MANY:
        count_anew(Enrolment)
    asked = open_rows.filter(**pair)
    courses = list(assignments.order_by().values_list("course", flat=True).distinct())
    rows = Enrolment.objects.filter(course__in=courses)
    became = rows.filter(Exists(asked), source=Enrolment.Source.CHOSEN).update(
        source=Enrolment.Source.ASSIGNED
    )
    # One subquery says both whether anything is to be done and by when: FAR = by no day.
    far = Value(date.max)
    earliest = unfinished(asked).values("employee").annotate(day=Coalesce(Min(BINDING_DUE), far))
    wanted = rows.annotate(day=Subquery(earliest.values("day")), now=Coalesce("due_on", far))
    wanted.filter(Q(day__lt=F("now")) | Q(day__gt=F("now"))).update(due_on=NullIf("day", far))
    ended = assignments.filter(ended_on__isnull=False, **pair)
    rows.filter(Exists(ended), ~Exists(asked), due_on__isnull=False).update(due_on=None)
    return new + became


def extend_due(*, assignments: Iterable[Assignment], until: date) -> int:
    """Give open assignments that have a due date until a later day; gives how many."""
    rows = Assignment.objects.filter(
        pk__in=[row.pk for row in assignments],
        ended_on=None,
        completed_at=None,
        due_on__lt=until,
    )
    with transaction.atomic():
        count = rows.update(extended_to=until)
        _enrol(Assignment.objects.filter(course__in=rows.order_by().values("course")))
    return count
