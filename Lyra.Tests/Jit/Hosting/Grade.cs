using Lyra.Tests.Harness.Programs;

namespace Lyra.Tests.Jit.Hosting;

/// <summary>An enum with a gap and a negative value.</summary>
public enum Grade : short
{
    Low = 0,
    High = 5,
    Top = 6,
    Debt = -1,
}
