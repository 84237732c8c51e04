using System.Linq;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Analysis;

/// <summary>Members that no value of a known type has.</summary>
internal static class MemberRules
{
    /// <summary>The type of <c>target.name</c>.</summary>
    public static KnownType Find(Walker walker, MemberExpression member, KnownType target)
    {
        if (!target.IsKnown)
        {
            return KnownType.Any;
        }

        KnownType? found = null;
        foreach (TypeAtom atom in target.Atoms)
        {
            if (TypeMembers.Find(atom, member.Name) is { } type)
            {
                found = found is null ? type : found.Join(type);
            }
        }

        if (found is not null)
        {
            return found;
        }

        ReportUnknown(walker, member, target);
        return KnownType.Any;
    }

    /// <summary>Checks the assignment of a member.</summary>
    public static void CheckAssigned(Walker walker, MemberExpression member, KnownType target)
    {
        if (!target.IsKnown || target.Atoms.Any(atom => TypeMembers.HasField(atom, member.Name)))
        {
            return;
        }

        if (target.Atoms.Any(atom => TypeMembers.Find(atom, member.Name) is not null))
        {
            walker.Report(ReportRules.ReadOnlyMember, member.NameSpan, member.Name, Subject(target));
        }
        else
        {
            ReportUnknown(walker, member, target);
        }
    }

    private static void ReportUnknown(Walker walker, MemberExpression member, KnownType target)
    {
        string[] known = [.. target.Atoms.SelectMany(TypeMembers.NamesOf).Distinct()];
        string? nearest = Hints.NearestOf(member.Name, known);
        string hint = target.IsOnly(ValueKind.Task) ? "; write `await` before the call"
            : target.IsOnly(ValueKind.Nil) ? "; test for nil first, or write `?.`"
            : Hints.Of(nearest);
        TextEdit? edit = Hints.Edit(walker.Module.Source, member.NameSpan, nearest, known);
        string end = hint.EndsWith('?') ? "" : ".";
        walker.Report(
            ReportRules.UnknownMember, member.NameSpan, edit, Subject(target), member.Name, hint + end);
    }

    private static string Subject(KnownType target) => target.Single switch
    {
        { Kind: ValueKind.Module or ValueKind.StructType or ValueKind.Enum } atom => $"the {TypeDisplay.Of(atom)}",
        { Kind: ValueKind.Nil } => "nil",
        _ => $"a value of type {target.Display()}",
    };
}
