using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Jit.Deoptimization;
using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Jit.Recording;
using Lyra.Jit.Tiering;

namespace Lyra.Jit.Inspection;

/// <summary>The IR after a stage of the compilation.</summary>
/// <param name="Name">"build", or the pass.</param>
/// <param name="Text">The IR; null when the stage changed nothing.</param>
internal readonly record struct StageText(string Name, string? Text);

/// <summary>A guard, and how often it was left by.</summary>
/// <param name="Place">The line that is executed again.</param>
/// <param name="Words">What holds while it is not left.</param>
/// <param name="IsEnd">Whether it is where the loop ends, and not an assumption that failed.</param>
/// <param name="Exits">How often.</param>
internal readonly record struct GuardReport(SourcePlace Place, string Words, bool IsEnd, long Exits);

/// <summary>An instruction that the interpreter executes for the region.</summary>
/// <param name="Place">Its line.</param>
/// <param name="Instruction">The instruction as `lyra disasm` shows it.</param>
/// <param name="Count">How often it did.</param>
internal readonly record struct InterpretedReport(SourcePlace Place, string Instruction, long Count);

/// <summary>A region as it was compiled once: every stage of it as text, and its counters, which go on counting.</summary>
internal sealed class CompiledVersion
{
    private readonly RegionProfile _profile;
    private readonly IrGraph _graph;
    private readonly List<StageText> _stages = [];
    private readonly List<(RegionGuard Guard, string Words, bool IsEnd)> _guards = [];
    private readonly List<(ExitState State, string Instruction)> _interpreted = [];
    private string _text = string.Empty;
    private Region? _region;

    public CompiledVersion(RegionProfile profile, int number, IrGraph built)
    {
        _profile = profile;
        _graph = built;
        Number = number;
        Recordings = profile.Recordings;
        Passes = profile.Passes;
        Tree = RegionTree.Of(profile, built);
    }

    public int Number { get; }

    /// <summary>Recordings that it was compiled from.</summary>
    public int Recordings { get; }

    /// <summary>Passes that these saw.</summary>
    public int Passes { get; }

    /// <summary>The loop or proc with the loops and calls in it.</summary>
    public RegionPart Tree { get; }

    public IReadOnlyList<StageText> Stages => _stages;

    public string Il { get; private set; } = string.Empty;

    public int IlBytes => _region?.IlBytes ?? 0;

    public int Blocks { get; private set; }

    public int Nodes { get; private set; }

    /// <summary>Operations and ends of blocks that may leave the region.</summary>
    public int GuardCount => _guards.Count;

    public long Entries => _region?.Entries ?? 0;

    /// <summary>Steps charged while it ran.</summary>
    public long Steps => _region?.Steps ?? 0;

    public TimeSpan CompileTime => _region?.CompileTime ?? default;

    public TimeSpan BackgroundTime => _region?.BackgroundTime ?? default;

    /// <summary>The guards, those first that were left by most often.</summary>
    public IReadOnlyList<GuardReport> Guards =>
    [
        .. _guards.Select(g => new GuardReport(SourcePlace.Of(g.Guard.Code, g.Guard.Pc), g.Words, g.IsEnd, g.Guard.Exits))
            .OrderByDescending(g => g.Exits),
    ];

    /// <summary>What the interpreter executes, most often first.</summary>
    public IReadOnlyList<InterpretedReport> Interpreted =>
    [
        .. _interpreted.Select(i => new InterpretedReport(PlaceOf(i.State), i.Instruction, i.State.Interpretations)).OrderByDescending(i => i.Count),
    ];

    /// <summary>The lines that are in the region, by file and line.</summary>
    public IReadOnlyList<RegionLine> Lines => RegionLine.Of(_profile, Tree, Guards, Interpreted);

    /// <summary>Whether a stage belongs to this compilation.</summary>
    public bool Continues(RegionProfile profile, int number, IrGraph graph) =>
        ReferenceEquals(_graph, graph) && ReferenceEquals(_profile, profile) && Number == number;

    /// <summary>Takes down the graph as a stage has left it.</summary>
    public void AddStage(string stage)
    {
        string text = IrPrinter.Print(_graph);
        _stages.Add(new StageText(stage, text == _text ? null : text));
        _text = text;
    }

    /// <summary>Takes down the code, and what its guards and Interpret nodes stand for.</summary>
    public void Emitted(EmittedRegion emitted)
    {
        Il = IlText.Print(emitted.Code);
        Dictionary<int, string> words = Describe();
        for (int guard = 0; guard < emitted.Guards.Length; guard++)
        {
            RegionGuard row = emitted.Guards[guard];
            bool isEnd = RegionTree.IsEnd(_profile, row.Code, row.Pc);
            _guards.Add((row, isEnd ? "the loop goes on" : words.GetValueOrDefault(guard, row.Description), isEnd));
        }

        foreach (int state in emitted.Interpreted)
        {
            ExitFrame frame = emitted.States[state].Frames[^1];
            _interpreted.Add((emitted.States[state], InstructionWords.Of(frame.Code, frame.Pc)));
        }
    }

    public void Finish(Region region) => _region = region;

    private Dictionary<int, string> Describe()
    {
        Dictionary<int, string> words = [];
        Blocks = _graph.Blocks.Count;
        foreach (IrBlock block in _graph.Blocks)
        {
            Nodes += block.Nodes.Count;
            foreach (IrNode node in block.Nodes)
            {
                if (node.GuardId >= 0)
                {
                    words[node.GuardId] = GuardWords.Of(node, _graph.Root);
                }
            }

            if (block.GuardId >= 0)
            {
                words[block.GuardId] = GuardWords.OfEnd(_profile, block.Exit!);
            }
        }

        return words;
    }

    private static SourcePlace PlaceOf(ExitState state) => SourcePlace.Of(state.Frames[^1].Code, state.Frames[^1].Pc);
}
