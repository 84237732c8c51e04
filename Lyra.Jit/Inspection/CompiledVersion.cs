using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Jit.Regions;

namespace Lyra.Jit.Inspection;

/// <summary>The IR after a stage of the compilation.</summary>
/// <param name="Name">"build", or the name of the pass.</param>
/// <param name="Text">The IR; null when the stage changed nothing.</param>
internal readonly record struct StageText(string Name, string? Text);

/// <summary>A guard, and the exits through it.</summary>
/// <param name="Place">The line of the instruction that is executed again.</param>
/// <param name="Assumption">The assumption that it checks.</param>
/// <param name="IsEnd">Whether the loop ends there, so that an exit is not a failed assumption.</param>
/// <param name="Exits">The number of exits.</param>
internal readonly record struct GuardReport(SourcePlace Place, string Assumption, bool IsEnd, long Exits);

/// <summary>An instruction that is a call-out to the interpreter.</summary>
/// <param name="Place">Its line.</param>
/// <param name="Instruction">The instruction as `lyra disasm` shows it.</param>
/// <param name="Count">The number of call-outs.</param>
internal readonly record struct InterpretedReport(SourcePlace Place, string Instruction, long Count);

/// <summary>A version of a region: every stage of its compilation as text, and its counters, which continue to count.</summary>
internal sealed class CompiledVersion
{
    private readonly RegionProfile _profile;
    private readonly IrGraph _graph;
    private readonly List<StageText> _stages = [];
    private readonly Dictionary<string, TimeSpan> _times = [];
    private readonly List<(RegionGuard Guard, string Assumption, bool IsEnd)> _guards = [];
    private readonly List<(ExitState State, string Instruction)> _interpreted = [];
    private string _text = string.Empty;
    private Region? _region;

    public CompiledVersion(RegionProfile profile, int number, IrGraph built)
    {
        _profile = profile;
        _graph = built;
        Number = number;
        Recordings = profile.Recordings;
        Iterations = profile.Iterations;
        Tree = RegionTree.Of(profile, built);
    }

    public int Number { get; }

    /// <summary>The number of recordings in its profile.</summary>
    public int Recordings { get; }

    /// <summary>The number of iterations or calls that these recordings observed.</summary>
    public int Iterations { get; }

    /// <summary>The loop or proc with the loops and calls in it.</summary>
    public RegionPart Tree { get; }

    public IReadOnlyList<StageText> Stages => _stages;

    public string Il { get; private set; } = string.Empty;

    public int IlBytes => _region?.IlBytes ?? 0;

    public int Blocks { get; private set; }

    public int Nodes { get; private set; }

    /// <summary>The number of operations and block ends that may exit.</summary>
    public int GuardCount => _guards.Count;

    public long Entries => _region?.Entries ?? 0;

    /// <summary>Steps taken in it.</summary>
    public long Steps => _region?.Steps ?? 0;

    /// <summary>The time of each pass, summed over its runs; those that took longest come first.</summary>
    public IEnumerable<(string Pass, TimeSpan Time)> PassTimes =>
        _times.OrderByDescending(static pair => pair.Value).Select(static pair => (pair.Key, pair.Value));

    public TimeSpan CompileTime => _region?.CompileTime ?? default;

    public TimeSpan BackgroundTime => _region?.BackgroundTime ?? default;

    /// <summary>The guards, by descending number of exits.</summary>
    public IReadOnlyList<GuardReport> Guards =>
    [
        .. _guards.Select(g => new GuardReport(SourcePlace.Of(g.Guard.Code, g.Guard.Pc), g.Assumption, g.IsEnd, g.Guard.Exits))
            .OrderByDescending(g => g.Exits),
    ];

    /// <summary>The call-outs, by descending count.</summary>
    public IReadOnlyList<InterpretedReport> Interpreted =>
    [
        .. _interpreted.Select(i => new InterpretedReport(PlaceOf(i.State), i.Instruction, i.State.CallOuts))
            .OrderByDescending(i => i.Count),
    ];

    /// <summary>The lines of the region, by file and line.</summary>
    public IReadOnlyList<RegionLine> Lines => RegionLine.Of(_profile, Tree, Guards, Interpreted);

    /// <summary>Whether a stage belongs to this compilation.</summary>
    public bool Continues(RegionProfile profile, int number, IrGraph graph) =>
        ReferenceEquals(_graph, graph) && ReferenceEquals(_profile, profile) && Number == number;

    public void AddTime(string pass, TimeSpan time) => _times[pass] = _times.GetValueOrDefault(pass) + time;

    /// <summary>Stores the graph after a stage.</summary>
    public void AddStage(string stage)
    {
        string text = IrPrinter.Print(_graph);
        _stages.Add(new StageText(stage, text == _text ? null : text));
        _text = text;
    }

    /// <summary>Stores the code, and the descriptions of its guards and call-outs.</summary>
    public void Emitted(EmittedRegion emitted)
    {
        Il = string.Join('\n', emitted.Methods.Select(IlText.Print));
        Dictionary<int, string> assumptions = Describe();
        for (int guard = 0; guard < emitted.Guards.Length; guard++)
        {
            RegionGuard row = emitted.Guards[guard];
            bool isEnd = RegionTree.IsEnd(_profile, row.Code, row.Pc);
            _guards.Add((row, isEnd ? "the loop continues" : assumptions.GetValueOrDefault(guard, row.Description), isEnd));
        }

        foreach (int state in emitted.Interpreted)
        {
            ExitFrame frame = emitted.States[state].Frames[^1];
            _interpreted.Add((emitted.States[state], InstructionDescription.Of(frame.Code, frame.Pc)));
        }
    }

    public void Finish(Region region) => _region = region;

    private Dictionary<int, string> Describe()
    {
        Dictionary<int, string> assumptions = [];
        Blocks = _graph.Blocks.Count;
        foreach (IrBlock block in _graph.Blocks)
        {
            Nodes += block.Nodes.Count;
            foreach (IrNode node in block.Nodes)
            {
                if (node.GuardId >= 0)
                {
                    assumptions[node.GuardId] = GuardDescription.Of(node, _graph.Root);
                }
            }

            if (block.GuardId >= 0)
            {
                assumptions[block.GuardId] = GuardDescription.OfEnd(_profile, block.Exit!);
            }
        }

        return assumptions;
    }

    private static SourcePlace PlaceOf(ExitState state) => SourcePlace.Of(state.Frames[^1].Code, state.Frames[^1].Pc);
}
