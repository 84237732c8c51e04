// Elevators serve passengers for n ticks: requests, states of travel and doors, statistics of waits and rides
static class Elevators
{
    const long Mod = 1000000007;
    const int Floors = 20;
    const int Cars = 4;
    const int Capacity = 8;

    enum State { Idle, Moving, Opening, Open, Closing }

    static long seed;

    static int Random(int limit)
    {
        seed = seed * 16807 % 2147483647;
        return (int)(seed % limit);
    }

    sealed class Passenger(int origin, int target, int created)
    {
        public int Origin { get; } = origin;
        public int Target { get; } = target;
        public int Created { get; } = created;
        public int Boarded { get; set; }
    }

    sealed class Stats
    {
        public int Delivered { get; private set; }
        public long TotalWait { get; private set; }
        public long TotalRide { get; private set; }
        public int MaxWait { get; private set; }
        public long Checksum { get; private set; }
        public Dictionary<int, int> Waits { get; } = [];

        public void Record(int wait, int ride)
        {
            Delivered++;
            TotalWait += wait;
            TotalRide += ride;
            MaxWait = Math.Max(MaxWait, wait);
            int bucket = wait / 10;
            Waits[bucket] = Waits.GetValueOrDefault(bucket) + 1;
            Checksum = (Checksum * 31 + wait * 7 + ride) % Mod;
        }
    }

    sealed class Elevator(int floor)
    {
        int floor = floor;
        int direction = 1;
        State state = State.Idle;
        int timer;

        public int Travelled { get; private set; }
        public List<Passenger> Riders { get; private set; } = [];
        public HashSet<int> Stops { get; } = [];
        public Dictionary<State, int> Ticks { get; } = Enum.GetValues<State>().ToDictionary(s => s, s => 0);

        public bool IsFull => Riders.Count >= Capacity;

        // The lower, the sooner this one can be at a floor.
        public int Cost(int target)
        {
            int cost = Math.Abs(floor - target) + 2 * Stops.Count + Riders.Count;
            bool towards = (target - floor) * direction >= 0;
            if (state != State.Idle && !towards) cost += Floors;
            return cost;
        }

        void Enter(State next, int ticks = 1)
        {
            state = next;
            timer = ticks;
        }

        void Depart()
        {
            if (Stops.Count == 0)
            {
                Enter(State.Idle);
            }
            else if (Stops.Contains(floor))
            {
                Enter(State.Opening, 2);
            }
            else
            {
                if (!Stops.Any(s => (s - floor) * direction > 0)) direction *= -1;
                Enter(State.Moving);
            }
        }

        void Exchange(Building building)
        {
            foreach (var rider in Riders.Where(r => r.Target == floor))
                building.Stats.Record(rider.Boarded - rider.Created, building.Tick - rider.Boarded);
            Riders = Riders.Where(r => r.Target != floor).ToList();
            Stops.Remove(floor);
            var queue = building.Waiting[floor];
            while (queue.Count > 0 && !IsFull)
            {
                var passenger = queue.Dequeue();
                passenger.Boarded = building.Tick;
                Riders.Add(passenger);
                Stops.Add(passenger.Target);
            }
            if (queue.Count > 0) building.Call(floor);
        }

        public void Step(Building building)
        {
            Ticks[state]++;
            timer--;
            if (timer > 0) return;
            switch (state)
            {
                case State.Idle:
                    Depart();
                    break;
                case State.Moving:
                    floor += direction;
                    Travelled++;
                    if (Stops.Contains(floor)) Enter(State.Opening, 2);
                    break;
                case State.Opening:
                    Exchange(building);
                    Enter(State.Open, 3);
                    break;
                case State.Open:
                    Enter(State.Closing, 1);
                    break;
                case State.Closing:
                    Depart();
                    break;
            }
        }
    }

    sealed class Building
    {
        List<int> calls = [];

        public List<Elevator> Elevators { get; } = [];
        public List<Queue<Passenger>> Waiting { get; } = [];
        public Stats Stats { get; } = new();
        public int Tick { get; private set; }

        public void Call(int floor)
        {
            if (!calls.Contains(floor)) calls.Add(floor);
        }

        // Mornings from the ground floor, evenings to it, anything in between.
        void Arrive()
        {
            int floor = 1 + Random(Floors - 1);
            var (origin, target) = (Tick / 600 % 3) switch
            {
                0 => (0, floor),
                1 => (floor, (floor + 1 + Random(Floors - 1)) % Floors),
                _ => (floor, 0),
            };
            Waiting[origin].Enqueue(new Passenger(origin, target, Tick));
            if (Waiting[origin].Count == 1) Call(origin);
        }

        void Dispatch()
        {
            var open = new List<int>();
            foreach (int floor in calls)
            {
                Elevator? best = null;
                foreach (var elevator in Elevators)
                    if (!elevator.IsFull && (best == null || elevator.Cost(floor) < best.Cost(floor))) best = elevator;
                if (best == null) open.Add(floor);
                else best.Stops.Add(floor);
            }
            calls = open;
        }

        public void Step()
        {
            Tick++;
            if (Random(100) < 14) Arrive();
            if (calls.Count > 0) Dispatch();
            foreach (var elevator in Elevators) elevator.Step(this);
        }
    }

    public static long Run(int n)
    {
        seed = 42;
        var building = new Building();
        for (int i = 0; i < Cars; i++) building.Elevators.Add(new Elevator(i * 5));
        for (int i = 0; i < Floors; i++) building.Waiting.Add(new Queue<Passenger>());
        for (int i = 0; i < n; i++) building.Step();

        var stats = building.Stats;
        long sum = stats.Checksum;
        foreach (long x in new[] { stats.Delivered, stats.TotalWait, stats.TotalRide, stats.MaxWait }) sum = (sum * 31 + x) % Mod;
        foreach (int bucket in stats.Waits.Keys.Order()) sum = (sum * 31 + bucket * 1000 + stats.Waits[bucket]) % Mod;
        foreach (var elevator in building.Elevators)
        {
            sum = (sum * 31 + elevator.Travelled + elevator.Riders.Count) % Mod;
            foreach (var state in Enum.GetValues<State>()) sum = (sum * 31 + elevator.Ticks[state]) % Mod;
        }
        return sum;
    }
}
