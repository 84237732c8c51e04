using System.Collections.Generic;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Profiling;

namespace Lyra.Interpreter.Profiling;

/// <summary>What was measured in an instrumented proc, by instruction of the original.</summary>
internal sealed class CountedProc
{
    private readonly InstrumentedProc _proc;
    private readonly BlockCounts _counts;

    /// <summary>How often an error left each instruction of the original, or propagated through a call there.</summary>
    private readonly long[] _raised;

    private readonly SampledTime[] _times;

    public CountedProc(InstrumentedProc proc)
    {
        _proc = proc;
        _counts = proc.Copy.Counts!;
        _raised = new long[Original.Code.Length];
        _times = new SampledTime[Original.Code.Length];
        Bytes = new long[Original.Code.Length];
        Allocations = new long[Original.Code.Length];
        Executions = new long[Original.Code.Length];
        CompiledExecutions = new long[Original.Code.Length];
        FindRaised();
        for (int block = 0; block < proc.Blocks.Length; block++)
        {
            Count(block);
        }

        Calls = _counts.Interpreted[0] + _counts.Compiled[0];
    }

    /// <summary>The proc as compiled.</summary>
    public Prototype Original => _proc.Original;

    /// <summary>How often each instruction was executed, in both tiers.</summary>
    public long[] Executions { get; }

    /// <summary>How often each instruction was executed by compiled code; an instruction that an error left counts, too.</summary>
    public long[] CompiledExecutions { get; }

    /// <summary>How often the code began.</summary>
    public long Calls { get; }

    /// <summary>The bytes that each instruction has allocated, if they are measured; otherwise zeros.</summary>
    public long[] Bytes { get; }

    /// <summary>How often each instruction has allocated something, if that is measured; otherwise zeros.</summary>
    public long[] Allocations { get; }

    /// <summary>The sampled time in the whole proc; see <see cref="AddSamples"/>.</summary>
    public SampledTime SampledTime { get; private set; }

    public bool IsOfLibrary => Original.IsHidden;

    public ProcKey Key => KeyOf(Original);

    public string File => Key.File;

    /// <summary>The name for users: that of the builtin instead of a proc that executes it, such as <c>list_map_2</c>.</summary>
    public string Name => Key.Name;

    /// <summary>The line of the first instruction; 0 for a proc of the library.</summary>
    public int Line => Key.Line;

    public static ProcKey KeyOf(Prototype code) => code.IsHidden
        ? new ProcKey(code.Source.FileName, 0, BuiltinName(code.Name))
        : new ProcKey(code.Source.FileName, code.PositionAt(0).Line, code.Name);

    /// <summary>Adds the times of its blocks from samples of all blocks.</summary>
    public void AddSamples(Dictionary<int, SampledTime> samples)
    {
        for (int block = 0; Probed is not null && block < _proc.Blocks.Length; block++)
        {
            if (samples.TryGetValue(Probed.FirstBlock + block, out SampledTime time))
            {
                _times[_proc.Blocks[block].Start] += time;
                SampledTime += time;
            }
        }
    }

    /// <summary>The sampled time of the block that begins at an instruction; 0 for the other instructions of a block.</summary>
    public SampledTime TimeAt(int pc) => _times[pc];

    /// <summary>The times of an instruction in the interpreter; null if there are none.</summary>
    public TimeHistogram? Times(int pc) => Probed?.Times[pc];

    /// <summary>The times of the line whose first instruction is given; null for others.</summary>
    public TimeHistogram? LineTimes(int pc) => Probed?.LineTimes[pc];

    /// <summary>How often a conditional jump has jumped. Only known if branches are counted.</summary>
    public long Taken(int pc)
    {
        int passed = FirstBlockAt(pc + 1);
        return Executions[pc] - _raised[pc] - _counts.Interpreted[passed] - _counts.Compiled[passed];
    }

    /// <summary>The first block that starts at an instruction, which is the one that counts control from the instruction before.</summary>
    private int FirstBlockAt(int start)
    {
        // The blocks are in the order of the code.
        int low = 0;
        int high = _proc.Blocks.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _proc.Blocks[middle].Start < start ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private ProbedCode? Probed => _counts.Probed;

    private static string BuiltinName(string name)
    {
        int end = name.LastIndexOf('_');
        return (end < 0 ? name : name[..end]).Replace('_', '.');
    }

    private void FindRaised()
    {
        if (_counts.Raised is not { } inCopy)
        {
            return;
        }

        for (int pc = 0; pc < inCopy.Length; pc++)
        {
            // An error at a counter is that of a limit at the back-edge before it: the block was not entered.
            if (_proc.Copy.Code[pc].Op is not (Opcode.Count or Opcode.Enter or Opcode.Time))
            {
                _raised[_proc.Origins[pc]] += inCopy[pc];
            }
        }
    }

    /// <summary>Counts the instructions of a block: as often as it was entered, without those behind errors.</summary>
    private void Count(int block)
    {
        CodeBlock range = _proc.Blocks[block];
        long entries = _counts.Interpreted[block] + _counts.Compiled[block];
        long left = entries;
        for (int pc = range.CountedAt; pc < range.End; pc++)
        {
            Executions[pc] = left;
            left -= _raised[pc];
        }

        // Instructions before the counter are executed even if an error prevents that the counter is reached.
        left = entries;
        for (int pc = range.CountedAt - 1; pc >= range.Start; pc--)
        {
            left += _raised[pc];
            Executions[pc] = left;
        }

        for (int pc = range.Start; pc < range.End; pc++)
        {
            CompiledExecutions[pc] = _counts.Compiled[block];
        }

        if (range.Start < range.End && Probed is { Bytes.Length: > 0 })
        {
            Bytes[range.Start] = Probed.Bytes[block];
            Allocations[range.Start] = Probed.Allocations[block];
        }
    }
}
