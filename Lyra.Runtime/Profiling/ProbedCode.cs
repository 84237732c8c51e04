namespace Lyra.Runtime.Profiling;

/// <summary>The times and bytes of one instrumented prototype.</summary>
/// <param name="probe">The probe of the engine.</param>
/// <param name="firstBlock">The number of its first block among all blocks of the profile.</param>
/// <param name="lines">The line of each original instruction.</param>
/// <param name="endsFrame">Whether each block ends with an instruction that ends or suspends the frame.</param>
/// <param name="measuresBytes">Whether the bytes that blocks allocate are measured.</param>
internal sealed class ProbedCode(ProfileProbe probe, int firstBlock, int[] lines, bool[] endsFrame, bool measuresBytes)
{
    public ProfileProbe Probe => probe;

    public int FirstBlock => firstBlock;

    /// <summary>The line of each original instruction.</summary>
    public int[] Lines => lines;

    /// <summary>Whether each block ends with an instruction that ends or suspends the frame.</summary>
    public bool[] EndsFrame => endsFrame;

    /// <summary>The times of each original instruction in the interpreter; null for one that was not timed.</summary>
    public TimeHistogram?[] Times { get; } = new TimeHistogram?[lines.Length];

    /// <summary>The times of each line in the interpreter, at the index of its first instruction; null where none was timed.</summary>
    public TimeHistogram?[] LineTimes { get; } = new TimeHistogram?[lines.Length];

    /// <summary>The bytes that each block has allocated; empty if they are not measured.</summary>
    public long[] Bytes { get; } = new long[measuresBytes ? endsFrame.Length : 0];

    /// <summary>How often each block has allocated something; empty if that is not measured.</summary>
    public long[] Allocations { get; } = new long[measuresBytes ? endsFrame.Length : 0];
}
