# Plans n weeks of meetings: merges the busy times of many calendars, books free slots and reports the load
from collections import defaultdict, namedtuple

DAYS = 5
DAY = 24 * 60
OPENS = 9 * 60
CLOSES = 18 * 60

Meeting = namedtuple("Meeting", "title start finish")
Request = namedtuple("Request", "title priority minutes attendees")


class Slot:
    def __init__(self, start, finish):
        self.start = start
        self.finish = finish

    def minutes(self):
        return self.finish - self.start

    def day(self):
        return self.start // DAY


DEPARTMENTS = {
    "anna": "sales", "bert": "sales", "carla": "design", "dora": "design", "emil": "support",
    "fritz": "support", "greta": "sales", "hanna": "legal", "ivan": "design", "julia": "legal",
}
PEOPLE = list(DEPARTMENTS)
TOPICS = ["review", "planning", "interview", "training", "standup", "budget"]
seed = 42


def random(limit):
    global seed
    seed = seed * 16807 % 2147483647
    return seed % limit


def random_calendar():
    meetings = []
    for day in range(DAYS):
        for _ in range(random(4) + 1):
            start = day * DAY + OPENS + random(32) * 15
            meetings.append(Meeting(TOPICS[random(len(TOPICS))], start, start + (random(4) + 1) * 15))
    return meetings


def random_request(number):
    title = f"{TOPICS[random(len(TOPICS))]} {number}"
    attendees = [name for name in PEOPLE if random(3) == 0]
    if len(attendees) < 2:
        attendees = [PEOPLE[0], PEOPLE[random(9) + 1]]
    return Request(title, random(3), (random(6) + 1) * 15, attendees)


# Joins slots that overlap or touch; the result is in order of time.
def merge(slots):
    merged = []
    for slot in sorted(slots, key=lambda s: s.start):
        if merged and slot.start <= merged[-1].finish:
            merged[-1].finish = max(merged[-1].finish, slot.finish)
        else:
            merged.append(Slot(slot.start, slot.finish))
    return merged


def busy_slots(meetings):
    return merge([Slot(m.start, m.finish) for m in meetings])


# The gaps between the busy slots of each day's working hours.
def free_slots(busy):
    by_day = defaultdict(list)
    for slot in busy:
        by_day[slot.day()].append(slot)
    free = []
    for day in range(DAYS):
        time = day * DAY + OPENS
        for slot in by_day.get(day, []):
            if slot.start > time:
                free.append(Slot(time, slot.start))
            time = slot.finish
        closes = day * DAY + CLOSES
        if time < closes:
            free.append(Slot(time, closes))
    return free


# The tightest slot in which all can meet, of these the earliest; None if there is none.
def find_slot(calendars, request):
    meetings = []
    for name in request.attendees:
        meetings.extend(calendars[name])
    free = [s for s in free_slots(busy_slots(meetings)) if s.minutes() >= request.minutes]
    if not free:
        return None
    return sorted(free, key=lambda s: (s.minutes(), s.start))[0]


def plan_week():
    calendars = {name: random_calendar() for name in PEOPLE}
    requests = [random_request(number) for number in range(6)]
    requests.sort(key=lambda r: (-r.priority, r.title))

    total = 0
    for request in requests:
        slot = find_slot(calendars, request)
        if slot is None:
            total = (total * 31 + len(request.title)) % 1000000007
            continue
        for name in request.attendees:
            calendars[name].append(Meeting(request.title, slot.start, slot.start + request.minutes))
        total = (total * 31 + slot.start * 100 + request.minutes) % 1000000007
    return (total * 31 + report(calendars)) % 1000000007


# A number made of the minutes per person and per department, busiest first, and of the conflicts.
def report(calendars):
    minutes = {}
    per_department = defaultdict(int)
    conflicts = 0
    for name, meetings in calendars.items():
        busy = busy_slots(meetings)
        minutes[name] = sum(s.minutes() for s in busy)
        per_department[DEPARTMENTS[name]] += minutes[name]
        conflicts += len(meetings) - len(busy)
    result = conflicts
    for name in sorted(PEOPLE, key=lambda p: (-minutes[p], p)):
        result = (result * 31 + minutes[name] + ord(name[0])) % 1000000007
    for department, total in sorted(per_department.items(), key=lambda pair: (-pair[1], pair[0])):
        result = (result * 31 + total + len(department)) % 1000000007
    return result


def run(n):
    global seed
    seed = 42
    total = 0
    for _ in range(n):
        total = (total * 31 + plan_week()) % 1000000007
    return total
