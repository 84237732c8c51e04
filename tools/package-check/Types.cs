using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Lyra;

internal delegate int Scale(int value, int factor);

internal sealed record Rectangle(int Width, int Height);

internal sealed record Person(string Name, int Age, Rectangle Home);

[LyraType]
internal sealed partial class Order
{
    private readonly List<string> _lines = [];

    [LyraConstructor]
    public Order(string id) => Id = id;

    [LyraMember]
    public event Action<Order>? Changed;

    [LyraMember]
    public string Id { get; }

    [LyraMember]
    public double Total { get; set; }

    [LyraMember]
    public string this[int line] => _lines[line];

    [LyraOperator]
    public static Order operator +(Order a, Order b) => new($"{a.Id}+{b.Id}");

    [LyraMember("add")]
    public void AddLine(string sku, int count = 1) => _lines.Add($"{sku} x {count}");

    [LyraMember]
    public async Task<bool> SubmitAsync(CancellationToken token)
    {
        Changed?.Invoke(this);
        await Task.Delay(1, token);
        return true;
    }
}
