// a discrete scheduler: n days of jobs with priorities, dependencies and deadlines on machines; events in time order
static class Scheduler
{
    const int JobCount = 60;

    static readonly string[] Skills = ["cut", "drill", "weld", "paint"];

    sealed class Job(int id, string skill, int priority, int work, int release, int deadline)
    {
        public int Id { get; } = id;
        public string Skill { get; } = skill;
        public int Priority { get; } = priority;
        public int Work { get; } = work;
        public int Release { get; } = release;
        public int Deadline { get; } = deadline;
        public List<Job> Dependents { get; } = [];
        public int Missing { get; set; } = 1; // dependencies that are not done, and one for the release
        public int Finish { get; set; }

        public (int, int, int) Urgency => (-Priority, Deadline, Id);
        public int Lateness => Math.Max(0, Finish - Deadline);
    }

    sealed class Machine(string name, int speed, params string[] skills)
    {
        public string Name { get; } = name;
        public int Speed { get; } = speed;
        public string[] Skills { get; } = skills;
        public string LastSkill { get; set; } = "";
        public int Busy { get; set; }
        public int Jobs { get; set; }
    }

    abstract record Event;
    sealed record Release(Job Job) : Event;
    sealed record Finish(Job Job, Machine Machine) : Event;
    sealed record Repaired(Machine Machine) : Event;

    sealed class Plant(List<Machine> machines)
    {
        List<Machine> idle = [.. machines];
        readonly Dictionary<string, PriorityQueue<Job, (int, int, int)>> ready =
            Skills.ToDictionary(skill => skill, _ => new PriorityQueue<Job, (int, int, int)>());
        readonly PriorityQueue<Event, (int Time, int Order)> events = new();
        int order;

        public int Now { get; private set; }
        public List<Machine> Machines => machines;

        void After(int delay, Event happening)
        {
            order++;
            events.Enqueue(happening, (Now + delay, order));
        }

        // One thing less to wait for.
        void Advance(Job job)
        {
            job.Missing--;
            if (job.Missing == 0) ready[job.Skill].Enqueue(job, job.Urgency);
        }

        // The most urgent job that the machine can do, or null.
        Job? Take(Machine machine)
        {
            PriorityQueue<Job, (int, int, int)>? best = null;
            foreach (string skill in machine.Skills)
            {
                var queue = ready[skill];
                if (queue.Count > 0 && (best == null || queue.Peek().Urgency.CompareTo(best.Peek().Urgency) < 0)) best = queue;
            }
            return best?.Dequeue();
        }

        void Start(Machine machine, Job job)
        {
            int setup = machine.LastSkill == job.Skill ? 0 : 3;
            int duration = setup + (job.Work * 100 + machine.Speed - 1) / machine.Speed;
            machine.LastSkill = job.Skill;
            machine.Busy += duration;
            machine.Jobs++;
            After(duration, new Finish(job, machine));
        }

        void Dispatch()
        {
            var stillIdle = new List<Machine>();
            foreach (var machine in idle)
            {
                if (Take(machine) is { } job) Start(machine, job);
                else stillIdle.Add(machine);
            }
            idle = stillIdle;
        }

        void Handle(Event happening)
        {
            switch (happening)
            {
                case Release(var job):
                    Advance(job);
                    break;
                case Finish(var job, var machine):
                    job.Finish = Now;
                    foreach (var dependent in job.Dependents) Advance(dependent);
                    if (machine.Jobs % 8 == 0) After(25, new Repaired(machine));
                    else idle.Add(machine);
                    break;
                case Repaired(var machine):
                    idle.Add(machine);
                    break;
            }
        }

        public void Run(List<Job> jobs)
        {
            foreach (var job in jobs) After(job.Release, new Release(job));
            while (events.TryDequeue(out var happening, out var key))
            {
                Now = key.Time;
                Handle(happening);
                Dispatch();
            }
        }
    }

    static List<string> Report(Plant plant, List<Job> jobs)
    {
        var lines = new List<string>();
        for (int priority = 1; priority <= 5; priority++)
        {
            var late = jobs.Where(job => job.Priority == priority).Select(job => job.Lateness).Where(time => time > 0).ToList();
            lines.Add(late.Count == 0
                ? $"priority {priority}: on time"
                : $"priority {priority}: {late.Count} late, worst {late.Max()}, mean {late.Sum() / late.Count}");
        }
        foreach (var machine in plant.Machines)
        {
            lines.Add($"{machine.Name}: {machine.Jobs} jobs, {machine.Busy * 100 / plant.Now}% busy");
        }
        var latest = jobs.OrderByDescending(job => job.Lateness).ThenBy(job => job.Id).Take(5);
        lines.AddRange(latest.Select(job => $"job {job.Id}: {job.Lateness} late"));
        return lines;
    }

    static List<Job> MakeJobs(Func<int, int> random)
    {
        var jobs = new List<Job>();
        for (int id = 0; id < JobCount; id++)
        {
            int release = random(400);
            int work = 5 + random(40);
            var job = new Job(id, Skills[random(4)], 1 + random(5), work, release, release + work * (3 + random(8)));
            int needs = random(Math.Min(3, id + 1));
            for (int i = 0; i < needs; i++)
            {
                jobs[id - 1 - random(Math.Min(id, 12))].Dependents.Add(job);
                job.Missing++;
            }
            jobs.Add(job);
        }
        return jobs;
    }

    public static double Run(int n)
    {
        long seed = 42;
        int Random(int limit)
        {
            seed = seed * 16807 % 2147483647;
            return (int)(seed % limit);
        }
        long sum = 0;
        for (int day = 0; day < n; day++)
        {
            var jobs = MakeJobs(Random);
            var plant = new Plant([
                new("saw", 100, "cut"), new("lathe", 80, "cut", "drill"), new("robot", 140, "weld", "drill"),
                new("booth", 90, "paint"), new("bench", 60, Skills),
            ]);
            plant.Run(jobs);
            foreach (char c in string.Join('\n', Report(plant, jobs))) sum = (sum * 31 + c) % 1000000007;
        }
        return sum;
    }
}
