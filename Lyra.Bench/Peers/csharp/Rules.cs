// A rule engine: n orders as maps, rules with priorities and closures as conditions, fired until none applies
using Order = System.Collections.Generic.Dictionary<string, object>;

static class Rules
{
    sealed record Rule(string Name, int Priority, List<Predicate<Order>> Conditions, Action<Order> Action)
    {
        public bool Applies(Order order) => Conditions.All(condition => condition(order));
    }

    sealed class Engine
    {
        List<Rule> rules = [];

        public Dictionary<string, int> Fired { get; } = [];

        public void Add(string name, int priority, List<Predicate<Order>> conditions, Action<Order> action)
        {
            rules.Add(new Rule(name, priority, conditions, action));
            rules = rules.OrderByDescending(r => r.Priority).ThenBy(r => r.Name, StringComparer.Ordinal).ToList();
        }

        // Fires the first rule that applies, again and again; gives how often.
        public int Process(Order order)
        {
            int steps = 0;
            while (true)
            {
                var rule = rules.Find(r => r.Applies(order));
                if (rule == null) return steps;
                steps++;
                if (steps > 50) throw new InvalidOperationException($"endless rules for order {order["id"]}");
                rule.Action(order);
                Fired[rule.Name] = Fired.GetValueOrDefault(rule.Name) + 1;
            }
        }
    }

    static int Int(this Order order, string field) => (int)order[field];
    static string Text(this Order order, string field) => (string)order[field];
    static List<string> Tags(this Order order) => (List<string>)order["tags"];

    static Predicate<Order> Equal(string field, string value) => order => order.Text(field) == value;
    static Predicate<Order> AtLeast(string field, int limit) => order => order.Int(field) >= limit;
    static Predicate<Order> Below(string field, int limit) => order => order.Int(field) < limit;
    static Predicate<Order> Missing(string field) => order => !order.ContainsKey(field);
    static Predicate<Order> OneOf(string field, HashSet<string> choices) => order => choices.Contains(order.Text(field));
    static Predicate<Order> Negate(Predicate<Order> condition) => order => !condition(order);
    static Predicate<Order> Tagged(string tag) => order => order.Tags().Contains(tag);

    static int Amount(Order order)
    {
        int goods = order.Int("quantity") * order.Int("price");
        return goods - goods * order.Int("discount") / 100 + order.Int("shipping");
    }

    static Engine BuildEngine()
    {
        var engine = new Engine();
        var domestic = OneOf("country", ["DE", "AT", "CH"]);
        engine.Add("approve", 20, [Equal("status", "priced")], order =>
        {
            order["status"] = "approved";
        });
        engine.Add("promote to silver", 100, [Equal("tier", "basic"), AtLeast("points", 400)], order =>
        {
            order["tier"] = "silver";
        });
        engine.Add("promote to gold", 100, [Equal("tier", "silver"), AtLeast("points", 1200)], order =>
        {
            order["tier"] = "gold";
        });
        engine.Add("bulk price", 90, [AtLeast("quantity", 50), Negate(Tagged("bulk"))], order =>
        {
            order["price"] = order.Int("price") * 9 / 10;
            order.Tags().Add("bulk");
        });
        engine.Add("silver discount", 80, [Equal("tier", "silver"), Below("discount", 5)], order =>
        {
            order["discount"] = 5;
        });
        engine.Add("gold discount", 80, [Equal("tier", "gold"), Below("discount", 15)], order =>
        {
            order["discount"] = 15;
        });
        engine.Add("domestic shipping", 70, [Missing("shipping"), domestic], order =>
        {
            order["shipping"] = 5;
        });
        engine.Add("foreign shipping", 70, [Missing("shipping"), Negate(domestic)], order =>
        {
            order["shipping"] = 12 + order.Int("quantity") / 10;
        });
        engine.Add("total", 60, [order => order.Int("total") != Amount(order)], order =>
        {
            order["total"] = Amount(order);
        });
        engine.Add("free shipping", 50, [AtLeast("total", 8000), AtLeast("shipping", 1), domestic], order =>
        {
            order["shipping"] = 0;
        });
        engine.Add("earn points", 40, [Equal("status", "new")], order =>
        {
            order["points"] = order.Int("points") + order.Int("total") / 20;
            order["status"] = "priced";
        });
        engine.Add("review", 30, [Equal("status", "priced"), Equal("tier", "basic"), AtLeast("total", 6000)], order =>
        {
            order["status"] = "review";
            order.Tags().Add("check");
        });
        engine.Add("gift", 10, [Equal("status", "approved"), Equal("tier", "gold"), Negate(Tagged("gift"))], order =>
        {
            order.Tags().Add("gift");
        });
        engine.Add("coupon", 10, [Equal("status", "approved"), AtLeast("total", 15000), Missing("coupon")], order =>
        {
            order["coupon"] = $"C-{order["id"]}-{order["country"]}";
        });
        return engine;
    }

    static readonly string[] Countries = ["DE", "FR", "AT", "US", "CH", "JP", "DE"];
    static long seed = 42;

    static int Random(int limit)
    {
        seed = seed * 16807 % 2147483647;
        return (int)(seed % limit);
    }

    static Order RandomOrder(int id) => new()
    {
        ["id"] = id,
        ["country"] = Countries[Random(Countries.Length)],
        ["tier"] = Random(3) == 0 ? "silver" : "basic",
        ["points"] = Random(1400),
        ["quantity"] = Random(80) + 1,
        ["price"] = Random(300) + 10,
        ["discount"] = Random(8),
        ["status"] = "new",
        ["total"] = 0,
        ["tags"] = new List<string>(),
    };

    public static long Run(int n)
    {
        seed = 42;
        var engine = BuildEngine();
        var totals = new Dictionary<string, long>();
        long sum = 0;
        for (int id = 0; id < n; id++)
        {
            var order = RandomOrder(id);
            int steps = engine.Process(order);
            var group = $"{order["status"]}/{order["tier"]}";
            totals[group] = totals.GetValueOrDefault(group) + order.Int("total");
            var coupon = order.TryGetValue("coupon", out var text) ? (string)text : "";
            sum = (sum * 31 + order.Int("total") * 10 + steps + order.Tags().Count) % 1000000007;
            sum = (sum * 31 + order.Int("points") + coupon.Length) % 1000000007;
        }
        foreach (var (name, count) in engine.Fired)
            sum = (sum + (long)name.Length * count) % 1000000007;
        foreach (var group in totals.Keys.Order(StringComparer.Ordinal))
            sum = (sum * 31 + totals[group] + group.Length) % 1000000007;
        return sum;
    }
}
