using Lyra.Jit.Profiles;
using Lyra.Runtime.Bytecode;

namespace Lyra.Jit.Recording;

/// <summary>A frame that a recording follows.</summary>
/// <param name="index">Its index in the frame stack.</param>
/// <param name="origin">The position of its first register.</param>
/// <param name="context">Its part of the profile.</param>
/// <param name="loops">The loops of its prototype.</param>
internal sealed class RecordedFrame(int index, int origin, CallContext context, LoopMap loops)
{
    private readonly int[] _iterations = new int[loops.Count];

    public int Index { get; } = index;

    public int Origin { get; } = origin;

    public CallContext Context { get; } = context;

    public LoopMap Loops { get; } = loops;

    /// <summary>The instruction that it is executing, whose result is not recorded yet; null when there is none.</summary>
    public int? OpenPc
    {
        get;
        set
        {
            field = value;
            LastPc = value ?? LastPc;
        }
    }

    /// <summary>The last instruction that it executed.</summary>
    public int LastPc { get; private set; }

    /// <summary>The profile of the instruction that it executed last.</summary>
    public InstructionProfile? LastProfile { get; private set; }

    /// <summary>The <see cref="InstructionProfile.Version"/> of <see cref="LastProfile"/> before the instruction was executed.</summary>
    public int LastVersion { get; private set; }

    public Instruction[] Code => Context.Code.Prototype.Code;

    /// <summary>Notes the profile of the instruction that it executes next, before anything is added to it.</summary>
    public void Begin(InstructionProfile profile)
    {
        LastProfile = profile;
        LastVersion = profile.Version;
    }

    /// <summary>Counts an iteration of a loop, which begins now. Returns the number of iterations since the loop was entered.</summary>
    public int CountIteration(int loop) => ++_iterations[loop];

    /// <summary>Resets the counts of the loops that do not contain an instruction.</summary>
    public void ExitLoops(int pc)
    {
        for (int loop = 0; loop < _iterations.Length; loop++)
        {
            if (_iterations[loop] > 0 && !Loops[loop].Contains(pc))
            {
                _iterations[loop] = 0;
            }
        }
    }
}
