using System;
using Lyra.Tests.Harness.Programs;

namespace Lyra.Tests.Jit.Hosting;

/// <summary>An object with members of .NET types that scripts have no type for.</summary>
public sealed class Invoice
{
    public Grade Grade { get; set; } = Grade.High;

    public char Letter { get; set; } = 'x';

    public ulong Serial { get; set; } = 7;

    public int? Discount { get; set; } = 5;

    public double? Weight { get; set; }

    public byte? Level { get; set; } = 200;

    public bool? IsPaid { get; set; }

    public decimal Total { get; set; } = 12.5m;

    public decimal? Fee { get; set; } = 0.5m;

    public TimeSpan Age { get; set; } = TimeSpan.FromSeconds(1.5);

    public (int Row, string Name) Place { get; set; } = (3, "c");

    public Invoice Self => this;

    /// <summary>Goes on to other values.</summary>
    public void Turn(int i)
    {
        Grade = (i % 7) switch { 0 => Grade.Low, 1 => Grade.Debt, 2 => (Grade)77, _ => Grade.High };
        Letter = (char)('a' + (i % 400));
        Serial = i % 11 == 3 ? ulong.MaxValue - (ulong)i : (ulong)i;
        Discount = i % 5 == 0 ? null : i;
        Weight = i % 3 == 0 ? i / 2.0 : null;
        Level = i % 4 == 0 ? null : (byte)i;
        IsPaid = i % 3 == 0 ? null : i % 2 == 0;
        Total += 0.25m;
        Fee = i % 9 == 0 ? null : i / 4m;
        Place = (i, "p" + (i % 3));
    }

    /// <summary>Writes, and returns what needs a conversion.</summary>
    public Grade Mark(int n)
    {
        Serial = (uint)n;
        return Grade;
    }

    public int Sum(int a, int b = 2, double? c = 1.5, bool negates = false) => (int)((a + b + (c ?? 100)) * (negates ? -1 : 1));

    public int? Half(int? n) => n / 2;

    public int OfByte(byte? n) => n ?? -1;

    public decimal Add(decimal a) => Total + a;

    public Grade Next(int i) => i < 250 ? Grade.Low : throw new InvalidOperationException("no grade");
}
