using Lyra.Jit.Recording;

namespace Lyra.Jit.Inspection;

/// <summary>Says in words why a recording or a compilation was given up. The table in docs/jit.md is made of it.</summary>
internal static class AbortWords
{
    /// <summary>The words for a reason; empty for none.</summary>
    public static string Of(AbortReason reason) => reason switch
    {
        AbortReason.LeftLoop => "the loop was left before it came round once",
        AbortReason.RaisedOut => "an error left the recorded frame",
        AbortReason.Suspended => "the recorded frame was suspended: it yields or awaits itself",
        AbortReason.Preempted => "something that it called became hot and was recorded in its place",
        AbortReason.TooLong => "one pass takes more instructions than a recording may",
        AbortReason.TooLarge => "the region exceeds a limit even with nothing inlined",
        AbortReason.UnstableTypes => "the values at the loop's head change their types from pass to pass",
        AbortReason.NeedsInterpreter => "a part of the proc that runs often has instructions that only the interpreter executes",
        AbortReason.WaitsForCallee => "a proc that it calls is compiled first",
        AbortReason.CompilerFault => "an error in the compiler itself: please report it",
        AbortReason.Forced => "stress mode asked for it",
        _ => string.Empty,
    };
}
