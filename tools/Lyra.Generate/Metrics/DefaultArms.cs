using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lyra.Generate.Metrics;

/// <summary>A switch over members of an enum whose default arm stands for other members: a new member falls into it silently.</summary>
/// <param name="File">The source file.</param>
/// <param name="Line">The line of the switch.</param>
/// <param name="Enum">The enum.</param>
/// <param name="Unnamed">The members without an arm.</param>
internal readonly record struct DefaultArm(string File, int Line, string Enum, IReadOnlyList<string> Unnamed)
{
    public override string ToString() => $"{File}:{Line}: {Enum}: {string.Join(' ', Unnamed)}";
}

/// <summary>Finds default arms of switches over the enums of a set of projects. An arm that throws is none.</summary>
internal sealed class DefaultArms
{
    private readonly Dictionary<string, HashSet<string>> _enums = [];

    private DefaultArms(IEnumerable<SourceProject> projects)
    {
        foreach (EnumDeclarationSyntax type in Nodes<EnumDeclarationSyntax>(projects))
        {
            _enums[type.Identifier.Text] = [.. type.Members.Select(member => member.Identifier.Text)];
        }
    }

    /// <summary>The default arms of the projects' switches, in the order of the files.</summary>
    public static IReadOnlyList<DefaultArm> Of(IReadOnlyList<SourceProject> projects)
    {
        DefaultArms arms = new(projects);
        return
        [
            .. Nodes<SwitchExpressionSyntax>(projects).Where(HasDefault).Select(arms.Read).OfType<DefaultArm>(),
            .. Nodes<SwitchStatementSyntax>(projects).Where(HasDefault).Select(arms.Read).OfType<DefaultArm>(),
        ];
    }

    private static IEnumerable<T> Nodes<T>(IEnumerable<SourceProject> projects)
        where T : SyntaxNode =>
        projects.SelectMany(project => project.Trees).SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<T>());

    private static bool HasDefault(SwitchExpressionSyntax node) => node.Arms.Any(static arm =>
        arm is { Pattern: DiscardPatternSyntax, WhenClause: null, Expression: not ThrowExpressionSyntax });

    private static bool HasDefault(SwitchStatementSyntax node) => node.Sections.Any(static section =>
        section.Labels.Any(static label => label is DefaultSwitchLabelSyntax) && section.Statements[0] is not ThrowStatementSyntax);

    private DefaultArm? Read(SwitchExpressionSyntax node) =>
        Read(node, node.Arms.Where(static arm => arm.WhenClause is null).SelectMany(static arm => Constants(arm.Pattern)));

    private DefaultArm? Read(SwitchStatementSyntax node) => Read(node, node.Sections.SelectMany(static section => section.Labels)
        .SelectMany(static label => label switch
        {
            CaseSwitchLabelSyntax constant => [constant.Value],
            CasePatternSwitchLabelSyntax { WhenClause: null } pattern => Constants(pattern.Pattern),
            _ => [],
        }));

    private static IEnumerable<ExpressionSyntax> Constants(PatternSyntax pattern) => pattern switch
    {
        ConstantPatternSyntax constant => [constant.Expression],
        ParenthesizedPatternSyntax inner => Constants(inner.Pattern),
        BinaryPatternSyntax { RawKind: (int)SyntaxKind.OrPattern } either => Constants(either.Left).Concat(Constants(either.Right)),
        _ => [],
    };

    private DefaultArm? Read(SyntaxNode node, IEnumerable<ExpressionSyntax> constants)
    {
        MemberAccessExpressionSyntax[] members =
        [
            .. constants.OfType<MemberAccessExpressionSyntax>()
                .Where(member => MembersOf(member)?.Contains(member.Name.Identifier.Text) == true),
        ];
        if (members.Length == 0)
        {
            return null;
        }

        string name = NameOf(members[0]);
        string[] unnamed = [.. _enums[name].Except(members.Select(static member => member.Name.Identifier.Text))];
        FileLinePositionSpan place = node.GetLocation().GetLineSpan();
        return unnamed.Length == 0 ? null : new(place.Path, place.StartLinePosition.Line + 1, name, unnamed);
    }

    private HashSet<string>? MembersOf(MemberAccessExpressionSyntax member) => _enums.GetValueOrDefault(NameOf(member));

    private static string NameOf(MemberAccessExpressionSyntax member) => member.Expression switch
    {
        SimpleNameSyntax simple => simple.Identifier.Text,
        MemberAccessExpressionSyntax nested => nested.Name.Identifier.Text,
        _ => string.Empty,
    };
}
