# a discrete scheduler: n days of jobs with priorities, dependencies and deadlines on machines; events in time order
from dataclasses import dataclass, field
from heapq import heappop, heappush

JOBS = 60
SKILLS = ["cut", "drill", "weld", "paint"]


@dataclass(eq=False)
class Job:
    id: int
    skill: str
    priority: int
    work: int
    release: int
    deadline: int
    dependents: list = field(default_factory=list)
    missing: int = 1  # dependencies that are not done, and one for the release
    finish: int = 0

    @property
    def urgency(self):
        return -self.priority, self.deadline, self.id

    @property
    def lateness(self):
        return max(0, self.finish - self.deadline)


@dataclass(eq=False)
class Machine:
    name: str
    speed: int
    skills: list
    last_skill: str = ""
    busy: int = 0
    jobs: int = 0


@dataclass
class Release:
    job: Job


@dataclass
class Finish:
    job: Job
    machine: Machine


@dataclass
class Repaired:
    machine: Machine


class Plant:
    def __init__(self, machines):
        self.machines = machines
        self.idle = list(machines)
        self.ready = {skill: [] for skill in SKILLS}
        self.events = []
        self.order = 0
        self.now = 0

    def after(self, delay, event):
        self.order += 1
        heappush(self.events, (self.now + delay, self.order, event))

    def advance(self, job):
        """One thing less to wait for."""
        job.missing -= 1
        if job.missing == 0:
            heappush(self.ready[job.skill], (job.urgency, job))

    def take(self, machine):
        """The most urgent job that the machine can do, or None."""
        queues = [self.ready[skill] for skill in machine.skills if self.ready[skill]]
        if not queues:
            return None
        _, job = heappop(min(queues, key=lambda queue: queue[0][0]))
        return job

    def start(self, machine, job):
        setup = 0 if machine.last_skill == job.skill else 3
        duration = setup + (job.work * 100 + machine.speed - 1) // machine.speed
        machine.last_skill = job.skill
        machine.busy += duration
        machine.jobs += 1
        self.after(duration, Finish(job, machine))

    def dispatch(self):
        idle = []
        for machine in self.idle:
            job = self.take(machine)
            if job is None:
                idle.append(machine)
            else:
                self.start(machine, job)
        self.idle = idle

    def handle(self, event):
        match event:
            case Release(job):
                self.advance(job)
            case Finish(job, machine):
                job.finish = self.now
                for dependent in job.dependents:
                    self.advance(dependent)
                if machine.jobs % 8 == 0:
                    self.after(25, Repaired(machine))
                else:
                    self.idle.append(machine)
            case Repaired(machine):
                self.idle.append(machine)

    def run(self, jobs):
        for job in jobs:
            self.after(job.release, Release(job))
        while self.events:
            self.now, _, event = heappop(self.events)
            self.handle(event)
            self.dispatch()


def report(plant, jobs):
    lines = []
    for priority in range(1, 6):
        late = [job.lateness for job in jobs if job.priority == priority and job.lateness > 0]
        if late:
            lines.append(f"priority {priority}: {len(late)} late, worst {max(late)}, mean {sum(late) // len(late)}")
        else:
            lines.append(f"priority {priority}: on time")
    for machine in plant.machines:
        lines.append(f"{machine.name}: {machine.jobs} jobs, {machine.busy * 100 // plant.now}% busy")
    for job in sorted(jobs, key=lambda job: (-job.lateness, job.id))[:5]:
        lines.append(f"job {job.id}: {job.lateness} late")
    return lines


def make_jobs(random):
    jobs = []
    for id in range(JOBS):
        release = random(400)
        work = 5 + random(40)
        job = Job(id, SKILLS[random(4)], 1 + random(5), work, release, release + work * (3 + random(8)))
        for _ in range(random(min(3, id + 1))):
            jobs[id - 1 - random(min(id, 12))].dependents.append(job)
            job.missing += 1
        jobs.append(job)
    return jobs


def run(n):
    seed = 42

    def random(limit):
        nonlocal seed
        seed = seed * 16807 % 2147483647
        return seed % limit

    total = 0
    for _ in range(n):
        jobs = make_jobs(random)
        plant = Plant([
            Machine("saw", 100, ["cut"]), Machine("lathe", 80, ["cut", "drill"]), Machine("robot", 140, ["weld", "drill"]),
            Machine("booth", 90, ["paint"]), Machine("bench", 60, SKILLS),
        ])
        plant.run(jobs)
        for c in "\n".join(report(plant, jobs)):
            total = (total * 31 + ord(c)) % 1000000007
    return total
