namespace Lyra.Jit.Regions;

/// <summary>How a loop region ended. In each case the frames are in the interpreter's stacks.</summary>
internal enum RegionExitKind : byte
{
    /// <summary>It exited through a guard: the interpreter continues at the guard's instruction.</summary>
    Guard,

    /// <summary>An instruction that the interpreter executed for it raised an error, which is pending.</summary>
    Raised,

    /// <summary>A proc that it called exited. The <see cref="Unwinding"/> knows through which guard.</summary>
    Unwound,

    /// <summary>
    /// It does not pay, so it ended behind an instruction that the interpreter executed for it; see <see cref="CallOutProfitability"/>.
    /// </summary>
    Abandoned,
}

/// <summary>How a loop region ended.</summary>
/// <param name="Kind">How.</param>
/// <param name="Guard">The number of the guard of <see cref="RegionExitKind.Guard"/>; without meaning for other kinds.</param>
internal readonly record struct RegionExit(RegionExitKind Kind, int Guard);
