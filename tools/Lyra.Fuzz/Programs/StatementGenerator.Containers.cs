namespace Lyra.Fuzz.Programs;

/// <content>Statements that change containers, and closures that keep variables alive.</content>
internal abstract partial class StatementGenerator
{
    protected bool ListStatement()
    {
        Kind lists = Random.Pick(Kind.Ints, Kind.Ints, Kind.Floats, Kind.Texts, Kind.Mixed, Kind.Bools, Kind.Procs);
        if (Find(lists) is not { } list)
        {
            return false;
        }

        Kind element = !list.IsAnnotated && Random.Chance(6) ? Kind.Any : ElementKind(lists);
        Writer.Line(Random.Below(16) switch
        {
            <= 4 => $"{list.Name}.push({Expression(element)})",
            <= 8 => $"{list.Name}[{Index(list.Name)}] = {Expression(element)}",
            9 when lists is Kind.Ints or Kind.Floats =>
                $"{list.Name}[{Index(list.Name)}] {Random.Pick("+=", "-=", "*=")} {Expression(element)}",
            10 => $"if length({list.Name}) > {Random.Between(1, 6)} {{ {list.Name}.pop() }}",
            11 => $"{list.Name}.insert({Random.Below(2)}, {Expression(element)})",
            12 => $"if length({list.Name}) > {Random.Between(10, 30)} {{ {list.Name}.clear() }}",
            13 => $"{list.Name}.extend({Leaf(lists)})",
            14 => $"{list.Name}.{Random.Pick("reverse()", $"remove({Leaf(element)})", "removeAt(0)", $"fill({Leaf(element)})", "sort()")}",
            _ => Swap(list.Name),
        });
        return true;
    }

    protected string Swap(string list)
    {
        string first = Index(list);
        string second = Index(list);
        return $"{list}[{first}], {list}[{second}] = {list}[{second}], {list}[{first}]";
    }

    protected bool TableStatement()
    {
        if (Find(Kind.Table) is not { } table)
        {
            return false;
        }

        string value = Expression(Random.Chance(80) ? Kind.Int : Kind.Any);
        string key = Counters.Count > 0 && Random.Chance(30) ? $"{Counters[^1]} % {Random.Between(2, 9)}" : Key();
        Writer.Line(Random.Below(10) switch
        {
            <= 4 => $"{table.Name}[{key}] = {value}",
            5 or 6 => $"{table.Name}[{key}] = ({table.Name}[{key}] ?? 0) + {Expression(Kind.Int)}",
            7 => $"{table.Name}.remove({key})",
            8 => $"{table.Name}[{key}] {Random.Pick("+=", "??=")} {Expression(Kind.Int)}",
            _ => $"if length({table.Name}) > {Random.Between(4, 20)} {{ {table.Name}.clear() }}",
        });
        return true;
    }

    protected bool SetStatement()
    {
        if (Find(Kind.Set) is not { } target)
        {
            return false;
        }

        Writer.Line(Random.Chance(65) ? $"{target.Name}.add({Expression(Random.Chance(85) ? Kind.Int : Kind.Str)})"
            : $"{target.Name}.remove({Expression(Kind.Int)})");
        return true;
    }

    protected bool BytesStatement()
    {
        if (Find(Kind.Bytes) is not { } target)
        {
            return false;
        }

        Writer.Line($"{target.Name}[{Index(target.Name)}] = {(Random.Chance(80) ? $"{Leaf(Kind.Int)} & 255" : Leaf(Kind.Int))}");
        return true;
    }

    protected bool FieldStatement()
    {
        if (Find(Kind.Instance) is not { } instance)
        {
            return false;
        }

        string field = Random.Pick("x", "y");
        if (Random.Chance(20))
        {
            Writer.Line($"{instance.Name}.ok = {Expression(Kind.Bool)}");
            return true;
        }

        Writer.Line(Random.Below(8) switch
        {
            <= 2 => $"{instance.Name}.{field} = {Expression(Random.Chance(85) ? Kind.Int : Kind.Any)}",
            3 or 4 => $"{instance.Name}.{field} {Random.Pick("+=", "-=", "*=")} {Expression(Kind.Int)}",
            5 => $"{instance.Name}.add({Expression(Kind.Int)})",
            6 => $"{instance.Name}[{Leaf(Kind.Int)}] = {Leaf(Kind.Int)}",
            _ => $"{instance.Name}.{field}, {instance.Name}.{(field == "x" ? "y" : "x")} = {instance.Name}.y, {instance.Name}.x",
        });
        return true;
    }

    /// <summary>Closures over variables that keep changing, and calls of these closures.</summary>
    protected bool Closures()
    {
        if (Find(Kind.Procs) is not { } procs)
        {
            if (Find(Kind.Proc, isAssignable: true) is { } proc)
            {
                Writer.Line($"{proc.Name} = {Lambda(1)}");
                return true;
            }

            return false;
        }

        if (Random.Chance(50) || Find(Kind.Int, isAssignable: true) is not { } target)
        {
            Writer.Line($"{procs.Name}.push({Lambda(1)})");
            return true;
        }

        Writer.Line(Random.Chance(60)
            ? $"{target.Name} = {procs.Name}[{Index(procs.Name)}]({Leaf(Kind.Int)})"
            : $"for f in {procs.Name} {{ {target.Name} = (f({target.Name}) % 1000003) }}");
        return true;
    }

    /// <summary>A proc inside a block that reads and writes enclosing variables.</summary>
    protected bool NestedProc()
    {
        if (BlockDepth >= MaxBlockDepth || Find(Kind.Int, isAssignable: true) is not { } target)
        {
            return false;
        }

        string name = NewName("h");
        string parameter = NewName("q");
        Writer.Open($"proc {name}({parameter})");
        Writer.Line($"{target.Name} {Random.Pick("+=", "-=", "^=")} {parameter}");
        if (Random.Chance(40))
        {
            Writer.Line($"if {target.Name} % {Random.Between(3, 30)} == {Random.Below(3)} throw \"{name}\"");
        }

        Writer.Line($"return {target.Name} {Random.Pick("+", "*", "-")} {Random.Below(5)}");
        Writer.Close();
        Variables.Add(new Variable(name, Kind.Proc, IsAssignable: false));
        return true;
    }
}
