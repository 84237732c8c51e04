// Plans n weeks of meetings: merges the busy times of many calendars, books free slots and reports the load
static class Calendars
{
    const int Days = 5;
    const int Day = 24 * 60;
    const int Opens = 9 * 60;
    const int Closes = 18 * 60;

    sealed record Meeting(string Title, int Start, int Finish);

    sealed record Request(string Title, int Priority, int Minutes, List<string> Attendees);

    sealed class Slot(int start, int finish)
    {
        public int Start { get; } = start;
        public int Finish { get; set; } = finish;

        public int Minutes => Finish - Start;
        public int Day => Start / Calendars.Day;
    }

    static readonly Dictionary<string, string> Departments = new()
    {
        ["anna"] = "sales", ["bert"] = "sales", ["carla"] = "design", ["dora"] = "design", ["emil"] = "support",
        ["fritz"] = "support", ["greta"] = "sales", ["hanna"] = "legal", ["ivan"] = "design", ["julia"] = "legal",
    };
    static readonly List<string> People = Departments.Keys.ToList();
    static readonly string[] Topics = ["review", "planning", "interview", "training", "standup", "budget"];
    static long seed = 42;

    static int Random(int limit)
    {
        seed = seed * 16807 % 2147483647;
        return (int)(seed % limit);
    }

    static List<Meeting> RandomCalendar()
    {
        var meetings = new List<Meeting>();
        for (int day = 0; day < Days; day++)
        {
            int count = Random(4) + 1;
            for (int i = 0; i < count; i++)
            {
                int start = day * Day + Opens + Random(32) * 15;
                meetings.Add(new Meeting(Topics[Random(Topics.Length)], start, start + (Random(4) + 1) * 15));
            }
        }
        return meetings;
    }

    static Request RandomRequest(int number)
    {
        var title = $"{Topics[Random(Topics.Length)]} {number}";
        var attendees = People.Where(name => Random(3) == 0).ToList();
        if (attendees.Count < 2)
            attendees = [People[0], People[Random(9) + 1]];
        return new Request(title, Random(3), (Random(6) + 1) * 15, attendees);
    }

    // Joins slots that overlap or touch; the result is in order of time.
    static List<Slot> Merge(IEnumerable<Slot> slots)
    {
        var merged = new List<Slot>();
        foreach (var slot in slots.OrderBy(s => s.Start))
        {
            if (merged.Count > 0 && slot.Start <= merged[^1].Finish)
            {
                var last = merged[^1];
                last.Finish = Math.Max(last.Finish, slot.Finish);
            }
            else
            {
                merged.Add(new Slot(slot.Start, slot.Finish));
            }
        }
        return merged;
    }

    static List<Slot> BusySlots(List<Meeting> meetings) =>
        Merge(meetings.Select(m => new Slot(m.Start, m.Finish)));

    // The gaps between the busy slots of each day's working hours.
    static List<Slot> FreeSlots(List<Slot> busy)
    {
        var byDay = new Dictionary<int, List<Slot>>();
        foreach (var slot in busy)
        {
            if (!byDay.TryGetValue(slot.Day, out var list))
                byDay[slot.Day] = list = [];
            list.Add(slot);
        }
        var free = new List<Slot>();
        for (int day = 0; day < Days; day++)
        {
            int time = day * Day + Opens;
            if (byDay.TryGetValue(day, out var slots))
            {
                foreach (var slot in slots)
                {
                    if (slot.Start > time)
                        free.Add(new Slot(time, slot.Start));
                    time = slot.Finish;
                }
            }
            int closes = day * Day + Closes;
            if (time < closes)
                free.Add(new Slot(time, closes));
        }
        return free;
    }

    // The tightest slot in which all can meet, of these the earliest; null if there is none.
    static Slot? FindSlot(Dictionary<string, List<Meeting>> calendars, Request request)
    {
        var meetings = new List<Meeting>();
        foreach (var name in request.Attendees)
            meetings.AddRange(calendars[name]);
        return FreeSlots(BusySlots(meetings))
            .Where(s => s.Minutes >= request.Minutes)
            .OrderBy(s => s.Minutes).ThenBy(s => s.Start)
            .FirstOrDefault();
    }

    static long PlanWeek()
    {
        var calendars = new Dictionary<string, List<Meeting>>();
        foreach (var name in People)
            calendars[name] = RandomCalendar();
        var requests = new List<Request>();
        for (int number = 0; number < 6; number++)
            requests.Add(RandomRequest(number));

        long sum = 0;
        foreach (var request in requests.OrderByDescending(r => r.Priority).ThenBy(r => r.Title, StringComparer.Ordinal))
        {
            var slot = FindSlot(calendars, request);
            if (slot == null)
            {
                sum = (sum * 31 + request.Title.Length) % 1000000007;
                continue;
            }
            foreach (var name in request.Attendees)
                calendars[name].Add(new Meeting(request.Title, slot.Start, slot.Start + request.Minutes));
            sum = (sum * 31 + slot.Start * 100 + request.Minutes) % 1000000007;
        }
        return (sum * 31 + Report(calendars)) % 1000000007;
    }

    // A number made of the minutes per person and per department, busiest first, and of the conflicts.
    static long Report(Dictionary<string, List<Meeting>> calendars)
    {
        var minutes = new Dictionary<string, int>();
        var perDepartment = new Dictionary<string, int>();
        int conflicts = 0;
        foreach (var (name, meetings) in calendars)
        {
            var busy = BusySlots(meetings);
            var department = Departments[name];
            minutes[name] = busy.Sum(s => s.Minutes);
            perDepartment[department] = perDepartment.GetValueOrDefault(department) + minutes[name];
            conflicts += meetings.Count - busy.Count;
        }
        long result = conflicts;
        foreach (var name in People.OrderByDescending(p => minutes[p]).ThenBy(p => p, StringComparer.Ordinal))
            result = (result * 31 + minutes[name] + name[0]) % 1000000007;
        foreach (var (department, total) in perDepartment.OrderByDescending(p => p.Value).ThenBy(p => p.Key, StringComparer.Ordinal))
            result = (result * 31 + total + department.Length) % 1000000007;
        return result;
    }

    public static long Run(int n)
    {
        seed = 42;
        long sum = 0;
        for (int week = 0; week < n; week++)
            sum = (sum * 31 + PlanWeek()) % 1000000007;
        return sum;
    }
}
