namespace Lyra.Fuzz.Programs;

/// <content>Loops over maps with constant keys: their positions are known while no key comes or goes.</content>
internal abstract partial class IdiomGenerator
{
    /// <summary>Reads and stores of a map's keys, which are removed and added again in between.</summary>
    protected void Records()
    {
        string sum = Local("v", Kind.Int, "0");
        string record = NewName("m");
        bool isFresh = Random.Chance(50);
        if (!isFresh)
        {
            Writer.Line($"let {record} = {RecordLiteral(SmallInt())}");
        }

        string counter = OpenRange($"0..{Random.Between(10, 80)}");
        if (isFresh)
        {
            Writer.Line($"let {record} = {RecordLiteral(counter)}");
        }

        for (int left = Random.Between(2, 6); left > 0; left--)
        {
            Writer.Line(RecordStatement(record, sum, counter));
        }

        CloseLoop();
        Writer.Line($"print({sum}{(isFresh ? string.Empty : $", {record}")})");
    }

    private string RecordKey() => Random.Pick("a", "a", "b", "b", "c", "id");

    private string RecordLiteral(string first) => Random.Pick(
        $"{{\"a\": {first}, \"b\": {SmallInt()}, \"c\": 7}}",
        $"{{\"id\": {first}, \"a\": {SmallInt()}, \"b\": 5}}",
        $"{{\"c\": 1, \"b\": {first}, \"a\": 3, \"id\": {SmallInt()}}}");

    private string RecordStatement(string record, string sum, string counter)
    {
        string key = RecordKey();
        string other = RecordKey();
        return Random.Below(9) switch
        {
            <= 2 => $"{sum} = ({sum} * 3 + {Entry(key)}) % 10007",
            3 => $"{sum} = ({sum} * 5 + {Entry(key)} * 3 + {Entry(other)}) % 10007",
            4 => $"{record}[\"{key}\"] = {Random.Pick(counter, sum, Entry(other))}",
            5 => $"{record}.{key} = {Random.Pick(counter, $"{Entry(key)} + 1", Entry(other))}",
            6 => $"{record}.remove(\"{key}\")",
            7 => $"{sum} += {Entry(key)}; {record}.remove(\"{other}\"); {sum} = ({sum} * 3 + {Entry(key)}) % 10007; "
                + $"{record}[\"{other}\"] = {counter}",
            _ => $"if \"{key}\" in {record} {{ {sum} += {Random.Between(1, 9)} }}",
        };

        string Entry(string name) => Random.Pick(
            $"({record}[\"{name}\"] ?? {Random.Below(9)})", $"({record}[\"{name}\"] ?? 1)", $"{record}.get(\"{name}\", 2)");
    }
}
