using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;

namespace Lyra.Tests.Harness.HostTypes;

/// <summary>The example of the contract, with members of each sort.</summary>
[LyraType]
public partial class Order : IEquatable<Order>
{
    private readonly List<string> _lines = [];
    private bool _isSubmitted;

    [LyraConstructor]
    public Order(string id) => Id = id;

    [LyraMember]
    public static Order Sample { get; } = new("sample");

    [LyraMember]
    public string Id { get; init; } = "";

    [LyraMember]
    public double Total { get; set; }

    [LyraMember]
    public Customer? Customer { get; set; }

    [LyraMember]
    public Status Status { get; set; }

    [LyraMember]
    public int LineCount => _lines.Count;

    [LyraMember("note")]
    public string? Remark;

    /// <summary>No script can see this.</summary>
    public string Secret => "secret";

    [LyraMember]
    public event Action<Order>? Changed;

    [LyraMember]
    public string this[int line]
    {
        get => _lines[line];
        set => _lines[line] = value;
    }

    [LyraOperator]
    public static Order operator +(Order a, Order b) => new(a.Id + "+" + b.Id) { Total = a.Total + b.Total };

    [LyraOperator]
    public static Order operator *(Order a, double factor) => new(a.Id) { Total = a.Total * factor };

    [LyraOperator]
    public static Order operator *(double factor, Order a) => a * factor;

    [LyraOperator]
    public static Order operator -(Order a) => new(a.Id) { Total = -a.Total };

    [LyraOperator]
    public static bool operator ==(Order? a, Order? b) => a?.Id == b?.Id;

    public static bool operator !=(Order? a, Order? b) => !(a == b);

    [LyraOperator]
    public static bool operator <(Order a, Order b) => a.Total < b.Total;

    public static bool operator >(Order a, Order b) => b < a;

    [LyraOperator]
    public static bool operator <=(Order a, Order b) => a.Total <= b.Total;

    public static bool operator >=(Order a, Order b) => b <= a;

    [LyraMember]
    public static Order Parse(string text) => new(text);

    [LyraMember("add")]
    public void AddLine(string sku, int count = 1)
    {
        for (int i = 0; i < count; i++)
        {
            _lines.Add(sku);
        }

        Changed?.Invoke(this);
    }

    [LyraMember]
    public async Task<bool> SubmitAsync()
    {
        await Task.Yield();
        (bool was, _isSubmitted) = (_isSubmitted, true);
        return !was;
    }

    [LyraMember]
    public string Describe(int x) => "int " + x.ToString(CultureInfo.InvariantCulture);

    [LyraMember]
    public string Describe(string x) => "string " + x;

    [LyraMember]
    public string Describe(Order x) => "order " + x.Id;

    [LyraMember]
    public string Describe(string x, int y) => $"two {x} {y}";

    [LyraMember]
    public int Sum(params int[] numbers)
    {
        int sum = 0;
        foreach (int number in numbers)
        {
            sum += number;
        }

        return sum;
    }

    [LyraMember]
    public void Fail() => throw new InvalidTimeZoneException("no time");

    [LyraMember]
    public override string ToString() => $"order {Id}";

    public bool Equals(Order? other) => this == other;

    public override bool Equals(object? obj) => obj is Order other && this == other;

    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);
}

/// <summary>An enum, which scripts see by name.</summary>
public enum Status
{
    Open,
    Paid,
}

/// <summary>A base class with a marked member.</summary>
[LyraType]
public partial class Customer
{
    [LyraMember]
    public string Name { get; set; } = "";

    [LyraMember]
    public virtual double Discount => 0;
}

/// <summary>A derived class, with an own member and one that overrides.</summary>
[LyraType("Vip")]
public partial class ImportantCustomer : Customer
{
    [LyraMember]
    public override double Discount => 0.5;

    [LyraMember]
    public int Level { get; set; } = 3;
}
