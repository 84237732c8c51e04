using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Analysis;

/// <summary>The names that the annotations of a source, and its <c>use</c> clauses, mention.</summary>
internal sealed class TypeNames
{
    private readonly HashSet<string> _names = [];

    public static HashSet<string> Of(SourceModule module)
    {
        TypeNames found = new();
        foreach (Node node in module.Resolved.Types.Keys)
        {
            switch (node)
            {
                case TypeNode type: found.Add(type); break;
                case BinaryExpression test: found.AddOwner(test.Right); break;
                case StructPattern pattern: found.AddOwner(pattern.Type); break;
            }
        }

        foreach (UseClause clause in module.Resolved.Structs.SelectMany(static layout => layout.Declaration.Uses))
        {
            found.Add(clause.Type);
        }

        foreach (Statement statement in module.Tree.Statements)
        {
            if (statement is TypeDeclaration alias)
            {
                found.Add(alias.Type);
            }
        }

        return found._names;
    }

    private void Add(TypeNode type)
    {
        switch (type)
        {
            case NamedTypeNode named: _names.Add(named.Module ?? named.Name); break;
            case ListTypeNode list: Add(list.Element); break;
            case MapTypeNode map: Add(map.Key); Add(map.Value); break;
            case SetTypeNode set: Add(set.Element); break;
            case TupleTypeNode tuple: AddAll(tuple.Items); break;
            case ProcTypeNode proc:
                AddAll(proc.Parameters);
                if (proc.Result is not null)
                {
                    Add(proc.Result);
                }

                break;
            case UnionTypeNode union: AddAll(union.Items); break;
            case NullableTypeNode nullable: Add(nullable.Inner); break;
        }
    }

    private void AddAll(ImmutableArray<TypeNode> types)
    {
        foreach (TypeNode type in types)
        {
            Add(type);
        }
    }

    private void AddOwner(Expression type)
    {
        for (Expression? at = type; at is not null; at = (at as MemberExpression)?.Target)
        {
            if (at is NameExpression name)
            {
                _names.Add(name.Name);
            }
        }
    }
}
