using System;
using System.Collections.Generic;
using System.Globalization;

namespace Lyra.Fuzz.Running;

/// <summary>
/// An object of the host whose members compiled code accesses in different ways: fields, computations, checked setters, methods that may
/// throw, methods that call back.
/// </summary>
internal class HostThing
{
    private readonly double[] _items = [0.5, 1, 2.5, 4, 8, -1];
    private int _checked = 7;

    public double Size { get; set; } = 1.5;

    public int Count { get; set; }

    public long Wide { get; set; } = 1;

    public float Single { get; set; }

    public bool IsOn { get; set; }

    /// <summary>A property that a subclass overrides.</summary>
    public virtual int Level { get; set; }

    public int Checked
    {
        get => _checked;
        set => _checked = value >= 0 ? value : throw new InvalidOperationException($"the thing refuses {value}");
    }

    public double Half => Size / 2;

    public HostThing? Next { get; set; }

    public string Name { get; private set; } = "thing";

    public List<int> Parts { get; } = [4, 5, 6];

    public int? Rank { get; set; }

    public DayOfWeek Day { get; set; }

    public decimal Cost { get; set; } = 2.5m;

    public char Letter => (char)('a' + (Count & 1023));

    public HostThing Self() => this;

    public double Mix(int a, int b = 3, double? c = null) => unchecked(a * b) + (c ?? Size);

    public void Rename(int number) => Name = number == 0 ? Name : string.Create(CultureInfo.InvariantCulture, $"thing {number}");

    public int Length => _items.Length;

    public double At(int index) => _items[index];

    public void Put(int index, double value) => _items[index] = value;

    public int Tick() => ++Count & 7;

    public int Twice(int value) => unchecked((2 * value) + Count);

    public void Grow(double by) => Size = (Size + by) % 1_000;

    public LyraValue Call(Func<LyraValue, LyraValue> proc, LyraValue argument)
    {
        Wide++;
        return proc(argument);
    }

    /// <summary>Defines the members of a class of things.</summary>
    public static void Define<T>(LyraEngine engine)
        where T : HostThing => engine.DefineType<T>(type => type
            .Property("size", o => o.Size, (o, v) => o.Size = v)
            .Property("count", o => o.Count, (o, v) => o.Count = v)
            .Property("wide", o => o.Wide, (o, v) => o.Wide = v)
            .Property("single", o => o.Single, (o, v) => o.Single = v)
            .Property("isOn", o => o.IsOn, (o, v) => o.IsOn = v)
            .Property("level", o => o.Level, (o, v) => o.Level = v)
            .Property("checked", o => o.Checked, (o, v) => o.Checked = v)
            .Property("half", o => o.Half)
            .Property("isLarge", o => o.Size > 100)
            .Property("length", o => o.Length)
            .Property("next", o => o.Next, (o, v) => o.Next = v)
            .Property("name", o => o.Name)
            .Property("parts", o => o.Parts)
            .Property("rank", o => o.Rank, (o, v) => o.Rank = v)
            .Property("day", o => o.Day, (o, v) => o.Day = v)
            .Property("cost", o => o.Cost, (o, v) => o.Cost = v)
            .Property("letter", o => o.Letter)
            .Method("self", (T o) => o.Self())
            .Method("mix", (T o, int a, int b = 3, double? c = null) => o.Mix(a, b, c))
            .Method("rename", (T o, int number) => o.Rename(number))
            .Method("at", (T o, int index) => o.At(index))
            .Method("put", (T o, int index, double value) => o.Put(index, value))
            .Method("ratio", (T o, int a, int b) => (a / b) + o.Count)
            .Method("tick", (T o) => o.Tick())
            .Method("twice", (T o, int value) => o.Twice(value))
            .Method("grow", (T o, double by) => o.Grow(by))
            .Method("call", (T o, Func<LyraValue, LyraValue> proc, LyraValue argument) => o.Call(proc, argument)));
}
