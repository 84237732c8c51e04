using System.Collections.Immutable;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>A list or tuple pattern.</summary>
internal readonly struct SequenceShape
{
    public SequenceShape(ListPattern list)
    {
        Items = list.Items;
        RestIndex = list.RestIndex;
        Span = list.Span;
        Test = RestIndex < 0 ? Opcode.TestList : Opcode.TestListPrefix;
    }

    public SequenceShape(TuplePattern tuple)
    {
        Items = tuple.Items;
        RestIndex = tuple.RestIndex;
        Span = tuple.Span;
        Test = RestIndex < 0 ? Opcode.TestTuple : Opcode.TestTuplePrefix;
    }

    /// <summary>The shape of a list or tuple pattern; null for any other pattern.</summary>
    public static SequenceShape? Of(Pattern pattern) => pattern switch
    {
        ListPattern list => new SequenceShape(list),
        TuplePattern tuple => new SequenceShape(tuple),
        _ => null,
    };

    public ImmutableArray<Pattern> Items { get; }

    /// <summary>The index of the rest pattern among the items; negative if there is none.</summary>
    public int RestIndex { get; }

    public SourceSpan Span { get; }

    public Opcode Test { get; }

    /// <summary>The number of elements that the subject must have; with a rest pattern, the minimum.</summary>
    public int Required => RestIndex < 0 ? Items.Length : Items.Length - 1;

    /// <summary>The number of items before the rest pattern.</summary>
    public int Head => RestIndex < 0 ? Items.Length : RestIndex;

    /// <summary>The number of items after the rest pattern.</summary>
    public int Tail => RestIndex < 0 ? 0 : Items.Length - 1 - RestIndex;
}
