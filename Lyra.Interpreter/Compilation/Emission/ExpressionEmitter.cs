using Lyra.Interpreter.Compilation.Resolution;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>Evaluates expressions of every kind, and constants.</summary>
internal sealed class ExpressionEmitter(ProcEmitter proc) : AreaEmitter(proc)
{
    /// <summary>Evaluates a local variable in place and any other expression to a new register.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="evaluatedBeforeUse">Code that runs before the value is used; if it may assign the variable, the value is
    /// copied.</param>
    /// <param name="expected">See <see cref="EvalTo"/>.</param>
    public Operand Eval(Expression expression, Expression? evaluatedBeforeUse = null, SlotType? expected = null)
    {
        if (expression is NameExpression name)
        {
            return Proc.Variables.EvalName(name, evaluatedBeforeUse);
        }

        return EvalCopy(expression, expected);
    }

    /// <summary>Evaluates to a new register, which the caller may overwrite.</summary>
    public Operand EvalCopy(Expression expression, SlotType? expected = null)
    {
        int register = Registers.Reserve();
        return new Operand(register, EvalTo(expression, register, expected), false);
    }

    /// <summary>Evaluates an expression whose value is not needed.</summary>
    public void EvalForEffect(Expression expression)
    {
        int mark = Registers.Top;
        switch (expression)
        {
            case IfExpression branch: Proc.Branches.EmitIf(branch, RegisterStack.None, null); break;
            case MatchExpression match: Proc.Matches.EmitMatch(match, RegisterStack.None, null); break;
            default: Eval(expression); break;
        }

        Registers.Top = mark;
    }

    /// <summary>Evaluates to a given register.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="target">The register.</param>
    /// <param name="expected">The annotated type of the place that receives the value. Literals are made accordingly; the caller emits the
    /// check.</param>
    public StaticType EvalTo(Expression expression, int target, SlotType? expected = null)
    {
        if (Evaluator.TryEvaluate(expression, out Value constant))
        {
            return EvalConstant(expression, constant, target, expected);
        }

        int mark = Registers.Top;
        StaticType type = EvalComputed(expression, target, expected);
        Registers.Top = mark;
        return type;
    }

    public StaticType EvalNil(int target)
    {
        Code.Emit(Opcode.LoadNil, target);
        return StaticType.Nil;
    }

    public void LoadConstant(Value value, int target)
    {
        if (value.IsNil)
        {
            Code.Emit(Opcode.LoadNil, target);
        }
        else if (value.IsBool)
        {
            Code.Emit(Opcode.LoadBool, target, value.AsBool ? 1 : 0);
        }
        else if (value.IsInt && value.AsInt is >= int.MinValue and <= int.MaxValue)
        {
            Code.EmitWide(Opcode.LoadInt, target, (int)value.AsInt);
        }
        else
        {
            Code.EmitWide(Opcode.LoadConst, target, Tables.Constants.IndexOf(value));
        }
    }

    private StaticType EvalConstant(Expression expression, Value constant, int target, SlotType? expected)
    {
        Code.At(expression.Span);
        Value stored = ConstantEvaluator.Convert(constant, expected);
        LoadConstant(stored, target);
        StaticType type = StaticType.Of(stored);
        bool isConverted = expected is not null && StoreRules.Judge(type, expected) is StoreVerdict.Converts;
        return type with { IsConverted = isConverted };
    }

    private StaticType EvalType(TypeExpression type, int target)
    {
        Code.At(type.Span);
        Code.EmitWide(Opcode.GetModule, target, Module.Symbols[type].Slot);
        return StaticType.Unknown;
    }

    private StaticType EvalComputed(Expression expression, int target, SlotType? expected)
    {
        switch (expression)
        {
            case NameExpression name: return EvalNameTo(name, target);
            case TypeExpression type: return EvalType(type, target);
            case BinaryExpression binary: return Proc.Operators.EvalBinary(binary, target, expected);
            case UnaryExpression unary: return Proc.Operators.EvalUnary(unary, target);
            case CallExpression call: return Proc.Calls.EvalCall(call, target, expected);
            case MemberExpression member: return Proc.Accesses.EvalMember(member, target);
            case IndexExpression index: return Proc.Accesses.EvalIndex(index, target);
            case LambdaExpression lambda: return Proc.Closures.EvalClosure(lambda.Proc, target);
            case IfExpression branch: return Proc.Branches.EmitIf(branch, target, expected);
            case MatchExpression match: return Proc.Matches.EmitMatch(match, target, expected);
            case OptionalChain chain: return Proc.Accesses.EvalOptionalChain(chain, target);
            case LogicalExpression logical: return Proc.Branches.EvalLogical(logical, target, expected);
            case AwaitExpression await: return EvalAwait(await, target);
            case SpawnExpression spawn: return Proc.Calls.EvalSpawn(spawn, target);
            case BinaryChainExpression chain: return Proc.Operators.EvalBinaryChain(chain, target, expected);
            case ListLiteral list: return Proc.Containers.EvalList(list, target, expected);
            case MapLiteral map: return Proc.Containers.EvalMap(map, target, expected);
            case TupleLiteral tuple: return Proc.Containers.EvalTuple(tuple, target, expected);
            case InterpolatedString text: return Proc.Containers.EvalInterpolation(text, target);
            case LazyComprehension lazy: return Proc.Calls.EvalIterator(lazy, target);
            case Comprehension comprehension: return Proc.Comprehensions.Eval(comprehension, target, expected);
            case FormattedExpression formatted: return Proc.Containers.EvalFormatted(formatted, target);
            case RangeExpression range: return Proc.Containers.EvalRange(range, target);
            case SliceExpression slice: return Proc.Accesses.EvalSlice(slice, target);
            case StructLiteral literal: return Proc.Calls.EvalStructLiteral(literal, target);
            default: return EvalNil(target);
        }
    }

    private StaticType EvalNameTo(NameExpression name, int target)
    {
        Code.At(name.Span);
        return Proc.Variables.Load(Module.Symbols[name], target);
    }

    private StaticType EvalAwait(AwaitExpression await, int target)
    {
        Operand task = Eval(await.Operand);
        Code.At(await.Span);
        Code.Emit(Opcode.Await, target, task.Register);
        return StaticType.Unknown;
    }
}
