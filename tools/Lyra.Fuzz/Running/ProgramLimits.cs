using Lyra.Fuzz.Seeds;

namespace Lyra.Fuzz.Running;

/// <summary>The limits of a run.</summary>
internal sealed record ProgramLimits(long Steps, int Frames, long Memory)
{
    /// <summary>Limits that most programs do not reach.</summary>
    public static readonly ProgramLimits Usual = new(40_000, 200, 8 << 20);

    /// <summary>Sometimes sets a limit that a program exceeds while it runs.</summary>
    public static ProgramLimits For(FuzzRandom random) => random.Below(8) switch
    {
        0 => Usual with { Steps = random.Between(100, 8_000) },
        1 => Usual with { Frames = random.Between(3, 12) },
        2 => Usual with { Memory = random.Between(4_000, 200_000) },
        _ => Usual,
    };
}
