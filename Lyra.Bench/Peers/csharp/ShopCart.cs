// a shop's cart: n carts with discount rules as closures, coupons, taxes and shipping; their invoices as text
static class ShopCart
{
    const int UsualRate = 190; // in tenths of a percent

    static readonly string[] Categories = ["books", "toys", "food", "garden", "music"];
    static readonly string[] Regions = ["north", "south", "islands"];

    static readonly Dictionary<string, Dictionary<string, int>> TaxRates = new()
    {
        ["north"] = new() { ["books"] = 70, ["food"] = 70 },
        ["south"] = new() { ["books"] = 40, ["food"] = 100, ["music"] = 100 },
        ["islands"] = new() { ["food"] = 0 },
    };

    static readonly Dictionary<string, (int Limit, int Price)[]> ShippingRates = new()
    {
        ["north"] = [(500, 290), (2000, 490), (10000, 890)],
        ["south"] = [(1000, 390), (10000, 990)],
        ["islands"] = [(500, 690), (2000, 1290), (5000, 2490)],
    };

    sealed record Product(string Sku, string Name, string Category, long Price, int Weight);

    sealed class Line(Product product, int quantity)
    {
        public Product Product => product;
        public int Quantity { get; set; } = quantity;
        public long Total => Product.Price * Quantity;
    }

    sealed class Cart(string customer, string region, bool isMember, string? coupon)
    {
        readonly Dictionary<string, Line> lines = []; // from SKU

        public string Customer => customer;
        public string Region => region;
        public bool IsMember => isMember;
        public string? Coupon => coupon;
        public IEnumerable<Line> Lines => lines.Values;
        public long Subtotal => Lines.Sum(line => line.Total);
        public int Weight => Lines.Sum(line => line.Product.Weight * line.Quantity);

        public void Add(Product product, int quantity)
        {
            if (lines.TryGetValue(product.Sku, out var line)) line.Quantity += quantity;
            else lines[product.Sku] = new Line(product, quantity);
        }

        public long TotalOf(string category) => Lines.Where(line => line.Product.Category == category).Sum(line => line.Total);
    }

    // A rule says how much it takes off a cart.
    sealed record Rule(string Title, Func<Cart, long> Amount);

    static Rule PercentOff(string category, int percent) =>
        new($"{percent}% off {category}", cart => cart.TotalOf(category) * percent / 100);

    static Rule AmountOff(long minimum, long amount) =>
        new($"{Money(amount)} off", cart => cart.Subtotal >= minimum ? amount : 0);

    // Of every three items of a category, the cheapest is free.
    static Rule ThirdFree(string category) => new($"third of {category} free", cart => cart.Lines
        .Where(line => line.Product.Category == category)
        .SelectMany(line => Enumerable.Repeat(line.Product.Price, line.Quantity))
        .OrderDescending()
        .Where((_, i) => i % 3 == 2)
        .Sum());

    static Rule Bundle(string first, string second, int percent) =>
        new($"{first} with {second}", cart => Math.Min(cart.TotalOf(first), cart.TotalOf(second)) * percent / 100);

    static Rule ForMembers(Rule rule) => new($"member: {rule.Title}", cart => cart.IsMember ? rule.Amount(cart) : 0);

    static Rule BestOf(string title, params Rule[] rules) => new(title, cart => rules.Max(rule => rule.Amount(cart)));

    static readonly List<Rule> Rules =
    [
        BestOf("book offer", PercentOff("books", 10), ThirdFree("books")),
        ThirdFree("toys"),
        Bundle("food", "garden", 15),
        ForMembers(PercentOff("music", 12)),
        ForMembers(BestOf("volume", AmountOff(10000, 500), AmountOff(25000, 1500), AmountOff(50000, 4000))),
    ];

    sealed record Coupon(long Minimum, Rule Rule);

    static readonly Dictionary<string, Coupon> Coupons = new()
    {
        ["WELCOME"] = new(2000, AmountOff(0, 500)),
        ["BOOKS20"] = new(3000, PercentOff("books", 20)),
        ["GREEN"] = new(15000, Bundle("garden", "garden", 25)),
        ["PLAY"] = new(5000, BestOf("play", PercentOff("toys", 15), PercentOff("music", 15))),
    };

    sealed class CouponException(string message) : Exception(message);

    static Rule FindCoupon(string code, Cart cart)
    {
        if (!Coupons.TryGetValue(code, out var coupon)) throw new CouponException($"no coupon {code}");
        if (cart.Subtotal < coupon.Minimum) throw new CouponException($"coupon {code} is for {Money(coupon.Minimum)} or more");
        return coupon.Rule;
    }

    static string Money(long cents) => $"{cents / 100}.{cents % 100:00}";

    static long Shipping(Cart cart, long total)
    {
        int weight = cart.Weight;
        if (total >= 20000 && weight < 15000) return 0;
        var rates = ShippingRates[cart.Region];
        foreach (var rate in rates)
        {
            if (weight <= rate.Limit) return rate.Price;
        }
        var (limit, price) = rates[^1];
        return price + (weight - limit + 999) / 1000 * 120;
    }

    sealed class Shop(List<Product> products)
    {
        readonly Dictionary<string, long> revenue = []; // from region
        readonly Dictionary<string, long> granted = []; // from the title of a rule

        public List<Product> Products => products;

        public List<string> Checkout(int number, Cart cart)
        {
            var rows = new List<string> { $"Invoice {number} for {cart.Customer}, {cart.Region}" };
            void AddRow(string text, string amount) => rows.Add($"{text,-36}{amount,12}");

            foreach (var line in cart.Lines) AddRow($"{line.Quantity,3} x {line.Product.Name}", Money(line.Total));
            long subtotal = cart.Subtotal;
            AddRow("Subtotal", Money(subtotal));
            var applied = Rules.ToList();
            if (cart.Coupon != null)
            {
                try
                {
                    applied.Add(FindCoupon(cart.Coupon, cart));
                }
                catch (CouponException e)
                {
                    rows.Add($"({e.Message})");
                }
            }
            long discount = 0;
            foreach (var rule in applied)
            {
                long amount = Math.Min(rule.Amount(cart), subtotal - discount);
                if (amount == 0) continue;
                discount += amount;
                granted[rule.Title] = granted.GetValueOrDefault(rule.Title) + amount;
                AddRow(rule.Title, "-" + Money(amount));
            }
            var taxes = new SortedDictionary<int, long>();
            foreach (var line in cart.Lines)
            {
                int rate = TaxRates[cart.Region].GetValueOrDefault(line.Product.Category, UsualRate);
                long net = line.Total - discount * line.Total / subtotal;
                taxes[rate] = taxes.GetValueOrDefault(rate) + (net * rate + 500) / 1000;
            }
            foreach (var (rate, tax) in taxes) AddRow($"Tax {rate / 10}.{rate % 10}%", Money(tax));
            long freight = Shipping(cart, subtotal - discount);
            AddRow("Shipping", freight == 0 ? "free" : Money(freight));
            long total = subtotal - discount + taxes.Values.Sum() + freight;
            AddRow("Total", Money(total));
            revenue[cart.Region] = revenue.GetValueOrDefault(cart.Region) + total;
            return rows;
        }

        public IEnumerable<string> Summary() =>
            from table in new[] { revenue, granted }
            from pair in table.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            select $"{pair.Key}: {Money(pair.Value)}";
    }

    static List<Product> MakeProducts(Func<int, int> random)
    {
        string[] adjectives = ["Old", "Red", "Small", "Wild", "Quiet", "Golden"];
        string[] nouns = ["Owl", "River", "Lamp", "Garden", "Box", "Song", "Bread"];
        return Enumerable.Range(0, 60).Select(i =>
        {
            string name = $"{adjectives[random(6)]} {nouns[random(7)]}";
            return new Product($"P{100 + i}", name, Categories[random(5)], 99 + random(6000), 50 + random(1500));
        }).ToList();
    }

    static Cart MakeCart(Func<int, int> random, List<Product> products)
    {
        string[] codes = ["WELCOME", "BOOKS20", "GREEN", "PLAY", "BOGUS"];
        string? coupon = random(8) == 0 ? codes[random(5)] : null;
        var cart = new Cart($"customer {random(500)}", Regions[random(3)], random(3) == 0, coupon);
        int count = 1 + random(8);
        for (int i = 0; i < count; i++)
        {
            var product = products[random(60)];
            cart.Add(product, 1 + random(4));
        }
        return cart;
    }

    public static double Run(int n)
    {
        long seed = 42;
        int Random(int limit)
        {
            seed = seed * 16807 % 2147483647;
            return (int)(seed % limit);
        }
        var shop = new Shop(MakeProducts(Random));
        long sum = 0;
        for (int number = 0; number < n; number++)
        {
            var invoice = shop.Checkout(number, MakeCart(Random, shop.Products));
            foreach (char c in string.Join('\n', invoice)) sum = (sum * 31 + c) % 1000000007;
        }
        foreach (char c in string.Join('\n', shop.Summary())) sum = (sum * 31 + c) % 1000000007;
        return sum;
    }
}
