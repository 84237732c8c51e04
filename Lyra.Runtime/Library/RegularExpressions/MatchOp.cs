namespace Lyra.Runtime.Library.RegularExpressions;

/// <summary>
/// The instructions of a <see cref="CompiledPattern"/>. An instruction is a word with the operation and flags, and its operands, one word
/// each. Those marked with a direction move left instead of right if <see cref="MatchFlags.RightToLeft"/> is set. A slot is a word of the
/// match's state that backtracking restores. A point is two words: the first number of a choice point in <see cref="ChoiceMemory"/>, and
/// the index of the scope that says how many numbers it has.
/// </summary>
internal enum MatchOp
{
#pragma warning disable format // a table, aligned by hand
    Fail,             //                            Backtracks. At address 0, where the first choice point resumes, no match begins here.
    Accept,           //                            Ends the match.
    Unit,             // code unit                  Matches one code unit. Has a direction.
    Text,             // text                       Matches a text. Has a direction.
    Set,              // set                        Matches a code unit of a set. Has a direction.
    Reference,        // group                      Matches what a group has captured; see MatchFlags. Has a direction.
    Assert,           // kind                       Tests a position: one of the assertions of PatternNodeKind.
    Jump,             // target                     Continues at the target.
    Try,              // target, point              Continues; backtracking continues at the target.
    Fork,             // target, point, mask, mask  The same, but a path needs what its mask admits; the second is the target's.
    Switch,           // table                      Continues at an address that depends on the next code unit.
    Run,              // set, min, max, mask, run,  Matches code units of a set, then what the mask admits (-1: anything). The run is
                      //   point                    its first RunMemory. Has a direction.
    Open,             // slot                       Stores the position in a slot.
    Close,            // group, slot                Captures from the position in the slot.
    Balance,          // group or -1, other, slot   Removes the last capture of the other group, and captures what was between.
    BeginLoop,        // slot, min                  Starts the first iteration, or prepares to test for it if min is 0.
    EndLoop,          // slot, min, max, body,      Starts the next iteration or continues; see MatchFlags. The points are those of
                      //   point, point             what follows the loop and of the iteration.
    Hold,             // slot                       Stores the number of choice points and, in the next slot, the position.
    Cut,              // slot                       Drops the choice points made since Hold.
    CutAndReturn,     // slot                       The same, and returns to the position of Hold.
    CutAndFail,       // slot                       The same, and backtracks.
    TestGroup,        // target, group              Continues at the target if the group has not captured.
#pragma warning restore format
}

/// <summary>Flags of an instruction, above the operation.</summary>
internal static class MatchFlags
{
    public const int OpMask = 0xFF;
    public const int RightToLeft = 0x100;
    public const int Lazy = 0x200;

    /// <summary>A run that never gives up code units.</summary>
    public const int Possessive = 0x800;
    public const int IgnoreCase = 0x400;
}
