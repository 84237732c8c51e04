using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>Loops. Their condition or step is at the end, so that an iteration needs only one jump.</summary>
internal sealed class LoopEmitter(ProcEmitter proc) : AreaEmitter(proc)
{
    /// <summary>The number of registers for hidden state that a for-each loop has below its variables.</summary>
    private const int IterationState = 3;

    public void EmitWhile(WhileStatement loop)
    {
        LoopPoint point = new(loop.Label, Code.NewLabel(), Code.NewLabel(), RegisterStack.None);
        Code.At(loop.Span);
        Code.EmitJump(Opcode.Jump, point.Continue);
        int index = OpenLoop(point);
        Label body = Code.BindNew();
        Code.Emit(Opcode.LoopHead, index);
        Proc.Statements.EmitValueBlock(loop.Body, RegisterStack.None, null);
        Code.Bind(point.Continue);
        Proc.Conditions.EmitCondition(loop.Condition, true, body);
        CloseLoop(point);
    }

    private int OpenLoop(LoopPoint point)
    {
        int index = Limits.Fit(Code.OpenLoop(), "loops");
        Proc.Exits.Open(point);
        return index;
    }

    private void CloseLoop(LoopPoint point)
    {
        Proc.Exits.Close();
        Code.CloseScope();
        Code.Bind(point.Break);
    }

    public void EmitFor(ForStatement loop)
    {
        bool isSingle = loop.Second is null && loop.First is BindingPattern or WildcardPattern;
        if (loop.Iterable is RangeExpression range && isSingle)
        {
            EmitRangeFor(loop, range);
        }
        else
        {
            EmitForEach(loop);
        }
    }

    private void EmitRangeFor(ForStatement loop, RangeExpression range)
    {
        int state = Registers.Reserve();
        Expressions.EvalTo(range.Start, state);
        Expressions.EvalTo(range.End, Registers.Reserve());
        int variable = Registers.Reserve();
        LoopPoint point = new(loop.Label, Code.NewLabel(), Code.NewLabel(), RegisterStack.None);
        Code.At(range.Span);
        Code.EmitJump(range.IsInclusive ? Opcode.ForPrepInclusive : Opcode.ForPrep, point.Break, state);
        int index = OpenLoop(point);
        Label body = Code.BindNew();
        BindLoopVariable(loop.First, variable);
        Proc.Statements.EmitValueBlock(loop.Body, RegisterStack.None, null);
        Code.Bind(point.Continue);
        Code.At(range.Span);
        Code.EmitJump(Opcode.ForLoop, body, state, index);
        CloseLoop(point);
    }

    private void EmitForEach(ForStatement loop)
    {
        int state = Registers.Reserve();
        Operand iterable = EvalIterable(loop.Iterable, state);
        Registers.Reserve(IterationState - 1);
        int variable = Registers.Reserve(loop.Second is null ? 1 : 2);
        bool mayNeedClosing = !iterable.Type.IsPlainSequence;
        LoopPoint point = new(loop.Label, Code.NewLabel(), Code.NewLabel(), mayNeedClosing ? state : RegisterStack.None);
        Code.At(loop.Iterable.Span);
        Code.Emit(Opcode.IterPrep, state, iterable.Register, IsMadeByHead(loop.Iterable) ? 1 : 0);
        Code.EmitJump(Opcode.Jump, point.Continue);
        int index = OpenLoop(point);
        Label body = Code.BindNew();
        int start = Code.Count;
        BindLoopVariable(loop.First, variable);
        if (loop.Second is not null)
        {
            BindLoopVariable(loop.Second, variable + 1);
        }

        Proc.Statements.EmitValueBlock(loop.Body, RegisterStack.None, null);
        if (mayNeedClosing)
        {
            Code.AddHandler(HandlerKind.CloseIterator, start, Code.Count, 0, state);
        }

        Code.Bind(point.Continue);
        Code.At(loop.Iterable.Span);
        Code.EmitJump(loop.Second is null ? Opcode.ForEach : Opcode.ForEachPair, body, state, index);
        CloseLoop(point);
    }

    private Operand EvalIterable(Expression iterable, int state) =>
        iterable is NameExpression && Proc.Variables.IsPlainLocal(Module.Symbols[iterable])
            ? Expressions.Eval(iterable)
            : new Operand(state, Expressions.EvalTo(iterable, state), false);

    /// <summary>
    /// True if only the loop refers to the iterable, so that the loop must close it. This is not the case if the iterable is read from a
    /// variable, field or element.
    /// </summary>
    public static bool IsMadeByHead(Expression iterable)
    {
        Expression head = iterable is OptionalChain chain ? chain.Chain : iterable;
        return head is not (NameExpression or MemberExpression or IndexExpression);
    }

    /// <summary>
    /// Binds the value of an iteration to a variable. The variable uses the loop's own register, unless closures share it: then every
    /// iteration has a new upvalue in another register.
    /// </summary>
    private void BindLoopVariable(Pattern target, int register)
    {
        if (target is not BindingPattern { Name: not PatternNames.Ignored } binding || !Module.Symbols[binding].NeedsUpvalue)
        {
            Proc.Declarations.BindDeclared(target, register);
            return;
        }

        int own = Registers.Reserve();
        Code.At(target.Span);
        Code.Move(own, register);
        Proc.Declarations.BindDeclared(target, own);
    }
}
