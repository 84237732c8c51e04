using System.Collections.Immutable;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>List and tuple patterns.</summary>
internal sealed partial class ProcEmitter
{
    /// <summary>What list and tuple patterns have in common.</summary>
    private readonly struct SequenceShape
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

        public ImmutableArray<Pattern> Items { get; }

        public int RestIndex { get; }

        public SourceSpan Span { get; }

        public Opcode Test { get; }

        /// <summary>Elements that must be there.</summary>
        public int Required => RestIndex < 0 ? Items.Length : Items.Length - 1;

        /// <summary>Elements behind the rest.</summary>
        public int Tail => RestIndex < 0 ? 0 : Items.Length - 1 - RestIndex;
    }

    private void EmitSequencePattern(SequenceShape shape, int subject, Label fail)
    {
        At(shape.Span);
        int result = Reserve();
        _code.Emit(shape.Test, result, subject, Fit(shape.Required, "items of a pattern"));
        _code.EmitJump(Opcode.JumpIfNot, fail, result);
        int head = shape.RestIndex < 0 ? shape.Items.Length : shape.RestIndex;
        for (int i = 0; i < head; i++) EmitItemPattern(shape.Items[i], subject, i, fail);
        if (shape.RestIndex < 0) return;

        int length = Reserve();
        if (shape.Tail > 0) _code.Emit(Opcode.Length, length, subject);
        EmitRest((RestPattern)shape.Items[shape.RestIndex], shape, subject, length);
        for (int i = 0; i < shape.Tail; i++) EmitTailPattern(shape, i, subject, length, fail);
    }

    private void EmitItemPattern(Pattern item, int subject, int index, Label fail)
    {
        if (item is WildcardPattern) return;

        int value = Reserve();
        At(item.Span);
        if (index <= short.MaxValue)
        {
            _code.Emit(Opcode.GetIndexInt, value, subject, index);
        }
        else
        {
            _code.EmitWide(Opcode.LoadInt, value, index);
            _code.Emit(Opcode.GetIndex, value, subject, value);
        }

        EmitPart(item, value, fail);
    }

    private void EmitRest(RestPattern rest, SequenceShape shape, int subject, int length)
    {
        if (_module.SymbolOf(rest) is not { } symbol) return;

        At(rest.Span);
        int value = Reserve();
        int bounds = Reserve(2);
        _code.EmitWide(Opcode.LoadInt, bounds, shape.RestIndex);
        if (shape.Tail == 0) _code.Emit(Opcode.LoadNil, bounds + 1);
        else _code.Emit(Opcode.SubInt, bounds + 1, length, shape.Tail);
        _code.Emit(Opcode.Slice, value, subject, bounds);
        if (symbol.Register < 0) Settle(symbol, value);
        else BindCopy(symbol, value);
    }

    private void EmitTailPattern(SequenceShape shape, int position, int subject, int length, Label fail)
    {
        Pattern item = shape.Items[shape.RestIndex + 1 + position];
        if (item is WildcardPattern) return;

        int value = Reserve();
        At(item.Span);
        _code.Emit(Opcode.SubInt, value, length, shape.Tail - position);
        _code.Emit(Opcode.GetIndex, value, subject, value);
        EmitPart(item, value, fail);
    }
}
