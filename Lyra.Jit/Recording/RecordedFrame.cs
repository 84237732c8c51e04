using Lyra.Runtime.Bytecode;

namespace Lyra.Jit.Recording;

/// <summary>A frame that a recording follows, from the root's inwards.</summary>
/// <param name="index">Its index in the frame stack.</param>
/// <param name="origin">Where its registers begin.</param>
/// <param name="context">What of the profile it belongs to.</param>
/// <param name="loops">The loops of its prototype.</param>
internal sealed class RecordedFrame(int index, int origin, CallContext context, LoopMap loops)
{
    private readonly int[] _rounds = new int[loops.Count];

    public int Index { get; } = index;

    public int Origin { get; } = origin;

    public CallContext Context { get; } = context;

    public LoopMap Loops { get; } = loops;

    /// <summary>The instruction that it executes now, whose outcome is not recorded yet; -1 when there is none.</summary>
    public int OpenPc
    {
        get;
        set
        {
            field = value;
            LastPc = value >= 0 ? value : LastPc;
        }
    }
        = -1;

    /// <summary>The last instruction that it executed.</summary>
    public int LastPc { get; private set; }

    /// <summary>The <see cref="InstructionProfile.Knowledge"/> of that instruction's profile before it was executed.</summary>
    public int OpenKnowledge { get; set; }

    public Instruction[] Code => Context.Code.Prototype.Code;

    /// <summary>Counts a round of a loop, whose body begins now; gives how many there were since control was last outside of it.</summary>
    public int CountRound(int loop) => ++_rounds[loop];

    /// <summary>Forgets the rounds of the loops that an instruction does not stand in.</summary>
    public void LeaveLoops(int pc)
    {
        for (int loop = 0; loop < _rounds.Length; loop++)
        {
            if (_rounds[loop] > 0 && !Loops[loop].Contains(pc))
            {
                _rounds[loop] = 0;
            }
        }
    }
}
