// n days of a shop's inventory: orders and restocking as commands with undo and redo, listeners on an event bus
static class Inventory
{
    const long Mod = 1000000007;

    static readonly string[] Names = ["changed", "low", "rejected", "ordered", "cancelled", "repriced"];
    static readonly string[] Customers = ["Ada", "Bob", "Cleo", "Dan", "Eve", "Finn", "Gus", "Hal"];
    static long seed;

    static int Random(int limit)
    {
        seed = seed * 16807 % 2147483647;
        return (int)(seed % limit);
    }

    sealed record Event(string Name, object Subject, int Amount);

    sealed class EventBus
    {
        readonly Dictionary<string, List<Action<Event>>> listeners = [];

        public void On(string name, Action<Event> listener)
        {
            if (!listeners.ContainsKey(name)) listeners[name] = [];
            listeners[name].Add(listener);
        }

        public void Emit(string name, object subject, int amount)
        {
            if (!listeners.TryGetValue(name, out var list)) return;
            var e = new Event(name, subject, amount);
            foreach (var listener in list) listener(e);
        }
    }

    sealed class Item(string sku, int price, int stock, int minimum)
    {
        public string Sku { get; } = sku;
        public int Price { get; set; } = price;
        public int Stock { get; set; } = stock;
        public int Minimum { get; } = minimum;
    }

    sealed class Shop(EventBus bus)
    {
        public EventBus Bus { get; } = bus;
        public Dictionary<string, Item> Items { get; } = [];

        public void Change(string sku, int amount)
        {
            var item = Items[sku];
            item.Stock += amount;
            Bus.Emit("changed", item, amount);
            if (item.Stock < item.Minimum) Bus.Emit("low", item, item.Minimum - item.Stock);
        }
    }

    interface ICommand
    {
        bool Execute();
        void Undo();
    }

    sealed record Line(string Sku, int Quantity);

    sealed class Order(Shop shop, string customer, List<Line> lines) : ICommand
    {
        int total;

        public bool Execute()
        {
            total = 0;
            foreach (var line in lines)
            {
                var item = shop.Items[line.Sku];
                if (item.Stock < line.Quantity)
                {
                    shop.Bus.Emit("rejected", item, line.Quantity);
                    return false;
                }
                total += item.Price * line.Quantity;
            }
            foreach (var line in lines) shop.Change(line.Sku, -line.Quantity);
            shop.Bus.Emit("ordered", customer, total);
            return true;
        }

        public void Undo()
        {
            foreach (var line in lines) shop.Change(line.Sku, line.Quantity);
            shop.Bus.Emit("cancelled", customer, total);
        }
    }

    sealed class Restock(Shop shop, string sku, int quantity) : ICommand
    {
        public bool Execute()
        {
            shop.Change(sku, quantity);
            return true;
        }

        public void Undo() => shop.Change(sku, -quantity);
    }

    sealed class Reprice(Shop shop, string sku, int price) : ICommand
    {
        int price = price;

        public bool Execute()
        {
            var item = shop.Items[sku];
            (item.Price, price) = (price, item.Price);
            shop.Bus.Emit("repriced", item, item.Price - price);
            return true;
        }

        public void Undo() => Execute(); // swaps the prices back
    }

    sealed class History
    {
        readonly Stack<ICommand> undoable = [];
        readonly Stack<ICommand> redoable = [];

        public void Run(ICommand command)
        {
            if (!command.Execute()) return;
            undoable.Push(command);
            redoable.Clear();
        }

        public void Undo()
        {
            if (!undoable.TryPop(out var command)) return;
            redoable.Push(command);
            command.Undo();
        }

        public void Redo()
        {
            if (!redoable.TryPop(out var command)) return;
            if (command.Execute()) undoable.Push(command);
        }
    }

    static Order RandomOrder(Shop shop, List<string> skus)
    {
        int first = Random(skus.Count);
        var lines = new List<Line>();
        int count = 1 + Random(4);
        for (int i = 0; i < count; i++) lines.Add(new Line(skus[(first + i * 7) % skus.Count], 1 + Random(5)));
        return new Order(shop, Customers[Random(Customers.Length)], lines);
    }

    public static long Run(int n)
    {
        seed = 42;
        var bus = new EventBus();
        var shop = new Shop(bus);
        var skus = new List<string>();
        for (int i = 0; i < 60; i++)
        {
            string sku = $"SKU-{i:D3}";
            skus.Add(sku);
            shop.Items[sku] = new Item(sku, 100 + Random(900), 20 + Random(30), 10);
        }

        var counts = new Dictionary<string, int>();
        var spent = new Dictionary<string, long>();
        var wanted = new Dictionary<string, int>();
        long sum = 0;
        long logged = 0;
        foreach (string name in Names) bus.On(name, e => counts[e.Name] = counts.GetValueOrDefault(e.Name) + 1);
        bus.On("changed", e => sum = (sum * 31 + ((Item)e.Subject).Stock + 1000) % Mod);
        bus.On("low", e => wanted[((Item)e.Subject).Sku] = e.Amount + 20);
        bus.On("ordered", e => spent[(string)e.Subject] = spent.GetValueOrDefault((string)e.Subject) + e.Amount);
        bus.On("cancelled", e => spent[(string)e.Subject] -= e.Amount);
        bus.On("repriced", e => sum = (sum * 31 + ((Item)e.Subject).Price) % Mod);
        bus.On("rejected", e =>
        {
            var item = (Item)e.Subject;
            logged += $"{e.Name}: {e.Amount} of {item.Sku}, {item.Stock} left".Length;
        });

        for (int day = 0; day < n; day++)
        {
            var history = new History();
            for (int i = 0; i < 40; i++)
            {
                switch (Random(10))
                {
                    case 0: history.Undo(); break;
                    case 1: history.Redo(); break;
                    case 2: history.Run(new Reprice(shop, skus[Random(skus.Count)], 100 + Random(900))); break;
                    default: history.Run(RandomOrder(shop, skus)); break;
                }
            }
            foreach (string sku in skus)
            {
                if (wanted.TryGetValue(sku, out int quantity)) history.Run(new Restock(shop, sku, quantity));
            }
            wanted.Clear();
            if (day % 5 == 0) history.Undo();
        }

        foreach (string name in Names) sum = (sum * 31 + counts.GetValueOrDefault(name)) % Mod;
        foreach (string customer in Customers) sum = (sum * 31 + spent.GetValueOrDefault(customer)) % Mod;
        foreach (string sku in skus) sum = (sum * 31 + shop.Items[sku].Stock + 1000) % Mod;
        return (sum * 31 + logged) % Mod;
    }
}
