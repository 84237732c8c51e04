using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Memory;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>Members, elements and slices, and the optional chains (<c>?.</c>) that contain them.</summary>
internal sealed class AccessEmitter(ProcEmitter proc) : AreaEmitter(proc)
{
    /// <summary>The ends of the open chains, with the innermost on top. An optional link whose target is nil jumps there.</summary>
    private readonly GrowableArray<Label> _chainEnds = new();

    public StaticType EvalMember(MemberExpression member, int target)
    {
        if (Module.SymbolOf(member) is Symbol library)
        {
            Code.At(member.NameSpan);
            return Proc.Variables.Load(library, target);
        }

        Operand owner = Expressions.Eval(member.Target);
        if (member.IsOptional)
        {
            ExitChainIfNil(owner.Register);
        }

        Code.At(member.NameSpan);
        Code.Emit(Opcode.GetField, target, owner.Register, Tables.Site(member.Name));
        return Owner.FieldType(owner.Type, member.Name);
    }

    public StaticType EvalIndex(IndexExpression index, int target)
    {
        Operand container = Expressions.Eval(index.Target, index.Index);
        if (index.IsOptional)
        {
            ExitChainIfNil(container.Register);
        }

        if (index.Index is IntLiteral literal && literal.Value <= short.MaxValue)
        {
            Code.At(index.Index.Span);
            Code.Emit(Opcode.GetIndexInt, target, container.Register, (int)literal.Value);
            return PartType(container.Type);
        }

        Operand key = Expressions.Eval(index.Index);
        Code.At(index.Index.Span);
        Code.Emit(Opcode.GetIndex, target, container.Register, key.Register);
        return PartType(container.Type);
    }

    public StaticType EvalSlice(SliceExpression slice, int target)
    {
        bool needsCopy = slice.Start is not null && Module.WithStatements.Contains(slice);
        Operand container = needsCopy ? Expressions.EvalCopy(slice.Target) : Expressions.Eval(slice.Target);
        if (slice.IsOptional)
        {
            ExitChainIfNil(container.Register);
        }

        int bounds = Registers.Reserve(2);
        EvalBound(slice.Start, bounds);
        EvalBound(slice.End, bounds + 1);
        Code.At(slice.Span);
        if (slice.IsInclusive && slice.End is not null)
        {
            Code.Emit(Opcode.AddInt, bounds + 1, bounds + 1, 1);
        }

        Code.Emit(Opcode.Slice, target, container.Register, bounds);
        return PartType(container.Type);
    }

    public StaticType EvalOptionalChain(OptionalChain chain, int target)
    {
        Label isNil = Code.NewLabel();
        Label done = Code.NewLabel();
        _chainEnds.Add(isNil);
        Expressions.EvalTo(chain.Chain, target);
        _chainEnds.RemoveLast();
        Code.EmitJump(Opcode.Jump, done);
        Code.Bind(isNil);
        Code.Emit(Opcode.LoadNil, target);
        Code.Bind(done);
        return StaticType.Unknown;
    }

    /// <summary>Emits an exit from the innermost chain, with the value nil, if a register holds nil.</summary>
    public void ExitChainIfNil(int register)
    {
        if (_chainEnds.Count > 0)
        {
            Code.EmitJump(Opcode.JumpIfNil, _chainEnds[_chainEnds.Count - 1], register);
        }
    }

    private void EvalBound(Expression? bound, int target)
    {
        if (bound is null)
        {
            Code.Emit(Opcode.LoadNil, target);
        }
        else
        {
            Expressions.EvalTo(bound, target);
        }
    }

    /// <summary>The type of an element or slice of a container: both are strs if it is a str.</summary>
    private static StaticType PartType(StaticType container) =>
        container is { Kind: SlotKind.Str, IsNullable: false } ? StaticType.Str : StaticType.Unknown;
}
