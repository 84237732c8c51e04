using Lyra.Jit.Profiles;

namespace Lyra.Cli.Reports;

/// <summary>Describes abort reasons for people. The table in docs/jit.md is generated from it.</summary>
internal static class AbortDescription
{
    /// <summary>The description of a reason.</summary>
    public static string Of(AbortReason reason) => reason switch
    {
        AbortReason.LeftLoop => "the loop ended before its first iteration was complete",
        AbortReason.RaisedOut => "an error left the loop in its first recorded iteration, or ended every recorded call of the proc",
        AbortReason.Suspended => "the recorded frame was suspended by its own yield or await",
        AbortReason.Preempted => "a loop or proc that it called became hot and was recorded instead",
        AbortReason.TooLong => "one iteration takes more instructions than a recording may observe",
        AbortReason.TooLarge => "the region exceeds a limit even with nothing inlined",
        AbortReason.UnstableTypes => "the values at the loop head change their types between iterations",
        AbortReason.WaitsForCallee => "a callee is compiled first",
        AbortReason.QueueFull => "too many regions wait for the compiler",
        AbortReason.CodeLimit => "compiled code takes as much memory as the memory limit allows",
        AbortReason.CompilerFault => "a fault in the compiler: please report it",
        AbortReason.Forced => "stress mode forced it",
    };
}
