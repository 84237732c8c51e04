using System.Collections.Immutable;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>Whether control reaches the end of a statement.</summary>
internal enum Completion
{
    /// <summary>On all paths, except when something in it throws or never ends.</summary>
    Always,

    /// <summary>On some paths.</summary>
    Sometimes,

    Never,
}

/// <summary>
/// Determines from the form of its statements alone whether control reaches the end of a proc's body. Conditions are assumed to be unknown
/// unless they are literals.
/// </summary>
internal sealed class FlowAnalysis(WorkMeter meter)
{
    public Completion Of(ImmutableArray<Statement> statements)
    {
        Completion result = Completion.Always;
        foreach (Statement statement in statements)
        {
            meter.Step();
            Completion next = Of(statement);
            if (next == Completion.Never)
            {
                return Completion.Never;
            }

            if (next == Completion.Sometimes)
            {
                result = Completion.Sometimes;
            }
        }

        return result;
    }

    private Completion Of(Statement statement) => statement switch
    {
        ReturnStatement or ThrowStatement or BreakStatement or ContinueStatement => Completion.Never,
        BlockStatement block => Of(block.Statements),
        WhileStatement { Condition: BoolLiteral { Value: true } } loop => ExitsLoop(loop.Body) ? Completion.Sometimes : Completion.Never,
        WhileStatement loop => AfterLoop(loop.Body),
        ForStatement loop => AfterLoop(loop.Body),
        TryStatement guarded => OfTry(guarded),
        ExpressionStatement { Expression: IfExpression branch } => OfIf(branch),
        ExpressionStatement { Expression: MatchExpression match } => OfMatch(match),
        ExpressionStatement { Expression: CallExpression { Callee: NameExpression { Name: "exit" } } } => Completion.Sometimes,
        _ => Completion.Always,
    };

    private Completion AfterLoop(BlockStatement body) =>
        Of(body.Statements) == Completion.Always ? Completion.Always : Completion.Sometimes;

    private Completion OfIf(IfExpression branch)
    {
        Completion result = branch.Else is null ? Completion.Always : Of(branch.Else);
        foreach (IfClause clause in branch.Clauses)
        {
            result = Join(result, Of(clause.Body));
        }

        return result;
    }

    private Completion OfMatch(MatchExpression match)
    {
        Completion result = Completion.Never;
        for (int i = 0; i < match.Arms.Length; i++)
        {
            Completion arm = Of(match.Arms[i].Body);
            result = i == 0 ? arm : Join(result, arm);
        }

        return result;
    }

    private Completion OfTry(TryStatement guarded)
    {
        if (guarded.Finally is not null && Of(guarded.Finally) == Completion.Never)
        {
            return Completion.Never;
        }

        Completion result = Of(guarded.Body);
        foreach (CatchClause clause in guarded.Catches)
        {
            result = Join(result, Of(clause.Body));
        }

        return result;
    }

    private static Completion Join(Completion a, Completion b) => a == b ? a : Completion.Sometimes;

    /// <summary>
    /// Whether the body may contain a break that exits the loop. Breaks of inner loops count too; at worst, this adds a check at run time.
    /// </summary>
    private bool ExitsLoop(Statement statement) => statement switch
    {
        BreakStatement => true,
        BlockStatement block => AnyExits(block.Statements),
        WhileStatement loop => ExitsLoop(loop.Body),
        ForStatement loop => ExitsLoop(loop.Body),
        TryStatement guarded => TryExits(guarded),
        ExpressionStatement { Expression: IfExpression branch } => IfExits(branch),
        ExpressionStatement { Expression: MatchExpression match } => MatchExits(match),
        _ => false,
    };

    private bool AnyExits(ImmutableArray<Statement> statements)
    {
        foreach (Statement statement in statements)
        {
            meter.Step();
            if (ExitsLoop(statement))
            {
                return true;
            }
        }

        return false;
    }

    private bool IfExits(IfExpression branch)
    {
        foreach (IfClause clause in branch.Clauses)
        {
            if (ExitsLoop(clause.Body))
            {
                return true;
            }
        }

        return branch.Else is not null && ExitsLoop(branch.Else);
    }

    private bool MatchExits(MatchExpression match)
    {
        foreach (MatchArm arm in match.Arms)
        {
            if (ExitsLoop(arm.Body))
            {
                return true;
            }
        }

        return false;
    }

    private bool TryExits(TryStatement guarded)
    {
        foreach (CatchClause clause in guarded.Catches)
        {
            if (ExitsLoop(clause.Body))
            {
                return true;
            }
        }

        return ExitsLoop(guarded.Body) || (guarded.Finally is not null && ExitsLoop(guarded.Finally));
    }
}
