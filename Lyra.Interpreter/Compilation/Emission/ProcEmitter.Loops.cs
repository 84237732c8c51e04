using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>Loops. Each has its condition or step at the end, so that an iteration takes one jump.</summary>
internal sealed partial class ProcEmitter
{
    /// <summary>Registers of hidden state that a for-each loop keeps before its variables.</summary>
    private const int IterationState = 3;

    private void EmitWhile(WhileStatement loop)
    {
        LoopPoint point = new(loop.Label, _code.NewLabel(), _code.NewLabel(), NoTarget);
        At(loop.Span);
        _code.EmitJump(Opcode.Jump, point.Continue);
        int outer = _code.Loop;
        int index = OpenLoop(point);
        Label body = _code.BindNew();
        _code.Emit(Opcode.LoopHead, index);
        EmitValueBlock(loop.Body, NoTarget, null);
        _code.Bind(point.Continue);
        EmitCondition(loop.Condition, true, body);
        CloseLoop(point, outer);
    }

    private int OpenLoop(LoopPoint point)
    {
        int index = Fit(_code.NewLoop(), "loops");
        _code.Loop = index;
        _exits.Add(point);
        return index;
    }

    private void CloseLoop(LoopPoint point, int outer)
    {
        _exits.RemoveAt(_exits.Count - 1);
        _code.Loop = outer;
        _code.Bind(point.Break);
    }

    private void EmitFor(ForStatement loop)
    {
        bool isSingle = loop.Second is null && loop.First is BindingPattern or WildcardPattern;
        if (loop.Iterable is RangeExpression range && isSingle) EmitRangeFor(loop, range);
        else EmitForEach(loop);
    }

    private void EmitRangeFor(ForStatement loop, RangeExpression range)
    {
        int state = Reserve();
        EvalTo(range.Start, state);
        EvalTo(range.End, Reserve());
        int variable = Reserve();
        LoopPoint point = new(loop.Label, _code.NewLabel(), _code.NewLabel(), NoTarget);
        At(range.Span);
        _code.EmitJump(range.IsInclusive ? Opcode.ForPrepInclusive : Opcode.ForPrep, point.Break, state);
        int outer = _code.Loop;
        int index = OpenLoop(point);
        Label body = _code.BindNew();
        BindLoopVariable(loop.First, variable);
        EmitValueBlock(loop.Body, NoTarget, null);
        _code.Bind(point.Continue);
        At(range.Span);
        _code.EmitJump(Opcode.ForLoop, body, state, index);
        CloseLoop(point, outer);
    }

    private void EmitForEach(ForStatement loop)
    {
        int state = Reserve();
        Operand iterable = EvalIterable(loop.Iterable, state);
        Reserve(IterationState - 1);
        int variable = Reserve(loop.Second is null ? 1 : 2);
        bool mayNeedClosing = !iterable.Type.IsPlainSequence;
        LoopPoint point = new(loop.Label, _code.NewLabel(), _code.NewLabel(), mayNeedClosing ? state : NoTarget);
        At(loop.Iterable.Span);
        _code.Emit(Opcode.IterPrep, state, iterable.Register, IsMadeByHead(loop.Iterable) ? 1 : 0);
        _code.EmitJump(Opcode.Jump, point.Continue);
        int outer = _code.Loop;
        int index = OpenLoop(point);
        Label body = _code.BindNew();
        int start = _code.Count;
        BindLoopVariable(loop.First, variable);
        if (loop.Second is not null) BindLoopVariable(loop.Second, variable + 1);
        EmitValueBlock(loop.Body, NoTarget, null);
        if (mayNeedClosing) _code.AddHandler(HandlerKind.CloseIterator, start, _code.Count, 0, state);
        _code.Bind(point.Continue);
        At(loop.Iterable.Span);
        _code.EmitJump(loop.Second is null ? Opcode.ForEach : Opcode.ForEachPair, body, state, index);
        CloseLoop(point, outer);
    }

    private Operand EvalIterable(Expression iterable, int state) =>
        iterable is NameExpression && IsPlainLocal(_module.Symbols[iterable])
            ? Eval(iterable)
            : new Operand(state, EvalTo(iterable, state), false);

    /// <summary>Whether the loop is the only one that has the iterable, so that it closes it: not when that is read from a variable, field or element.</summary>
    private static bool IsMadeByHead(Expression iterable)
    {
        Expression head = iterable is OptionalChain chain ? chain.Chain : iterable;
        return head is not (NameExpression or MemberExpression or IndexExpression);
    }

    /// <summary>
    /// Binds what an iteration gives. The variable is the loop's own register, unless closures share it: then every iteration has a new
    /// upvalue in a register of its own.
    /// </summary>
    private void BindLoopVariable(Pattern target, int register)
    {
        if (target is not BindingPattern { Name: not PatternNames.Ignored } binding || !_module.Symbols[binding].NeedsUpvalue)
        {
            BindDeclared(target, register);
            return;
        }

        int own = Reserve();
        At(target.Span);
        Move(own, register);
        BindDeclared(target, own);
    }
}
