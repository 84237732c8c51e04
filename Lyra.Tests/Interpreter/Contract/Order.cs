using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace Lyra.Tests.Interpreter.Contract;

/// <summary>The class of the contract, with bodies.</summary>
[LyraType]
public partial class Order
{
    private readonly List<string> _lines = [];

    [LyraConstructor]
    public Order(string id) => Id = id;

    [LyraMember]
    public event Action<Order>? Changed;

    [LyraMember]
    public string Id { get; init; } = "";

    [LyraMember]
    public decimal Total { get; set; }

    /// <summary>What only this class sets.</summary>
    [LyraMember]
    public int Version { get; private set; }

    /// <summary>Not named, so no script sees it.</summary>
    public string Secret { get; } = "secret";

    /// <summary>The token of the last <see cref="SubmitAsync"/>.</summary>
    public CancellationToken LastToken { get; private set; }

    [LyraMember]
    public string this[int line] => _lines[line];

    [LyraOperator]
    public static Order operator +(Order a, Order b) => new($"{a.Id}+{b.Id}") { Total = a.Total + b.Total };

    [LyraOperator]
    public static Order operator -(Order a) => new("-" + a.Id) { Total = -a.Total };

    [LyraOperator]
    public static bool operator ==(Order? a, Order? b) => a?.Id == b?.Id;

    public static bool operator !=(Order? a, Order? b) => !(a == b);

    [LyraOperator]
    public static bool operator <(Order a, Order b) => a.Total < b.Total;

    public static bool operator >(Order a, Order b) => b < a;

    [LyraMember("add")]
    public void AddLine(string sku, int count = 1)
    {
        for (int i = 0; i < count; i++)
        {
            _lines.Add(sku);
        }

        Version++;
        Changed?.Invoke(this);
    }

    [LyraMember]
    public async Task<bool> SubmitAsync(CancellationToken token)
    {
        LastToken = token;
        await Task.Yield();
        return _lines.Count > 0;
    }

    [LyraMember]
    public int CountOf(params string[] skus) => _lines.FindAll(line => Array.IndexOf(skus, line) >= 0).Count;

    [LyraMember]
    public string Describe(int x) => $"int {x}";

    [LyraMember]
    public string Describe(string x) => $"string {x}";

    [LyraMember]
    public string Describe(Uri x) => $"uri {x}";

    [LyraMember]
    public void Fail() => throw new InvalidOperationException("out of stock");

    public override bool Equals(object? obj) => obj is Order other && this == other;

    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Secret;
}
