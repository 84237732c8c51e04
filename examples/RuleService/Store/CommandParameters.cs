using Npgsql;

namespace RuleService.Store;

/// <summary>Parameters by name.</summary>
internal static class CommandParameters
{
    public static NpgsqlCommand With(this NpgsqlCommand command, params (string Name, object Value)[] parameters)
    {
        foreach ((string name, object value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }
}
