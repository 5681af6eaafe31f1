"""A job with the jobs that it needs: found, allowed, in no circle, and what each has to offer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from types import MappingProxyType

from generator.errors import InputError, Location, Problem, Problems
from generator.files.names import SETTINGS_FILE
from generator.job.loaded import LoadedJob, Neighbour
from generator.job.project import Project
from generator.model.need import Need
from generator.model.variables import finish
from generator.neighbours.find import Identity, Jobs
from generator.plan.root_plan import RootPlan
from generator.report.located import Lines

# The plan of a linked job; None where something is wrong with it, which the function told.
Decide = Callable[[LoadedJob, Problems], RootPlan | None]
ALL = "*"


class Neighbours:
    """Finds what jobs need; each job that others need is planned once.

    Args:
        project: the repository.
        decide: what plans a job.
        files: root folder to the job file that makes it, of the run.
        told: the job files whose own problems somebody else reports.
    """

    def __init__(
        self,
        project: Project,
        decide: Decide,
        files: Mapping[str, str] = MappingProxyType({}),
        told: Collection[str] = (),
    ) -> None:
        self._project = project
        self._decide = decide
        self._told = told
        self.jobs = Jobs(project, files)
        self._plans: dict[Identity, RootPlan | None] = {}
        self._way: list[tuple[Identity, Location]] = []

    def linked(self, loaded: LoadedJob, problems: Problems) -> LoadedJob:
        """The job with its neighbours.

        Args:
            loaded: the job.
            problems: where to note what is wrong.

        Raises:
            InputError: one of the jobs is not there, may not be needed, or needs this one; without
                a problem where somebody else reports it.
        """
        found: dict[Identity, Neighbour] = {}
        faults, whole = Problems(), True
        for index, need in enumerate(loaded.job.needs):
            location = loaded.locations.location(("needs", index))
            identity = faults.attempt(_identity, loaded, need, location)
            if identity in found:
                faults.error("set-twice", f"{identity} is listed twice", location)
            elif identity is not None:
                neighbour = faults.attempt(self._neighbour, loaded, identity, location, problems)
                if neighbour is not None:
                    found[identity] = neighbour
                else:
                    whole = False
        if faults or not whole:
            raise InputError(*faults)
        from_state = self._project.settings.needs.read == "state"
        return loaded._replace(neighbours=tuple(found.values()), from_state=from_state)

    def _neighbour(
        self, loaded: LoadedJob, identity: Identity, location: Location, problems: Problems
    ) -> Neighbour:
        mine = Identity.of(loaded)
        _check_allowed(self._project, _at_home(mine, loaded), _at_home(identity, loaded), location)
        way = [*self._way, (mine, location)]
        if (circle := _circle(way, identity)) is not None:
            raise InputError(self._circular(circle))
        other = self.jobs.find(identity)
        if other is None:
            broken = self.jobs.may_be_broken(identity)
            raise InputError(*self._broken(broken, identity, location))
        plan = self._plan(other, identity, way, location, problems)
        offers = None
        if plan.offers is not None:
            offers = {name: one.sensitive for name, one in plan.offers.items()}
        return Neighbour(
            *identity,
            file=other.file,
            location=location,
            folder=plan.folder,
            backend=plan.backend.type,
            arguments=plan.backend.arguments,
            offers=offers,
            empty=plan.empty,
        )

    def _plan(
        self,
        other: LoadedJob,
        identity: Identity,
        way: list[tuple[Identity, Location]],
        location: Location,
        problems: Problems,
    ) -> RootPlan:
        """The plan of another job.

        Raises:
            InputError: it has no root, or there is something wrong with it that nobody reports.
        """
        if other.job.infrastructure.iac != "terraform":
            tool = other.job.infrastructure.iac
            message = f"the job {identity} has no root: {tool} deploys it"
            hint = "take it out of `needs`, and write what it has to offer itself"
            raise InputError(Problem("no-root", message, location, hint))
        if identity not in self._plans:
            before, self._way = self._way, way
            own = Problems()
            try:
                linked = own.attempt(self.linked, other, own) if other.job.needs else other
                self._plans[identity] = linked and self._decide(linked, own)
            finally:
                self._way = before
            circular = [one for one in own if one.code == "circular-need"]
            problems += circular if other.file in self._told else own
        plan = self._plans[identity]
        if plan is None:
            raise InputError(*self._broken(other.file, identity, location))
        return plan

    def _broken(
        self, file: str | None, identity: Identity, location: Location
    ) -> Iterator[Problem]:
        """That a job cannot be needed as long as there is something wrong with it, once."""
        if file is None:
            yield self.jobs.missing(identity, location)
        elif file not in self._told:
            message = f"the job {identity} is needed here, and {file} has errors"
            hint = f"run: dativo validate {file}"
            yield Problem("needed-job", message, location, hint)

    def _circular(self, circle: list[tuple[Identity, Location]]) -> Problem:
        """A circle of needs with its way, told at one place whoever finds it."""
        first = circle.index(min(circle))
        circle = [*circle[first:], *circle[:first]]
        names = [str(identity) for identity, _ in circle]
        if len({(one.tenant, one.environment) for one, _ in circle}) == 1:
            names = [one.job for one, _ in circle]
        if len(circle) == 1:
            message = f'the job "{names[0]}" needs itself'
            return Problem("circular-need", message, circle[0][1], "take it out of `needs`")
        lines = Lines(self._project.folder)
        places = ", ".join(lines.of(location) or location.file for _, location in circle)
        message = f"jobs need each other in a circle: {' -> '.join([*names, names[0]])}"
        hint = f"take one of these out: {places}"
        return Problem("circular-need", message, circle[0][1], hint)


def _circle(
    way: list[tuple[Identity, Location]], identity: Identity
) -> list[tuple[Identity, Location]] | None:
    """The part of the way from a job to itself; None where it was not on the way."""
    names = [one for one, _ in way]
    return way[names.index(identity) :] if identity in names else None


def _identity(loaded: LoadedJob, need: Need, location: Location) -> Identity:
    for text in (need.tenant, need.job, need.environment):
        finish(text or "", location)
    job = loaded.job
    return Identity(need.tenant or job.tenant_id, need.job, need.environment or job.environment)


def _at_home(identity: Identity, loaded: LoadedJob) -> Identity:
    """An identity in the environment alone: the region of the job that asks is no other one."""
    same = bool(loaded.region) and identity.environment == loaded.stage
    return identity._replace(environment=loaded.job.environment) if same else identity


def _check_allowed(project: Project, mine: Identity, other: Identity, location: Location) -> None:
    """Whether a job may need one of another tenant or environment.

    Raises:
        InputError: dativo.yaml does not allow it.
    """
    across = project.settings.needs.across
    problems = Problems()
    for kind, own, its, allowed in (
        ("tenant", mine.tenant, other.tenant, across.tenants),
        ("environment", mine.environment, other.environment, across.environments),
    ):
        if own == its or its in (*allowed.get(own, ()), *allowed.get(ALL, ())):
            continue
        message = f"jobs of the {kind} {own} may not need jobs of the {kind} {its}"
        hint = f"{SETTINGS_FILE} can allow it: `needs: {{across: {{{kind}s: {{{own}: [{its}]}}}}}}`"
        problems.error("needs-across", message, location, hint)
    problems.raise_any()
