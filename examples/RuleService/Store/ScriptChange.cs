using System;
using System.Threading;
using System.Threading.Tasks;
using Npgsql;

namespace RuleService.Store;

/// <summary>A transaction that changes one script. Its commands have the parameters <c>tenant</c> and <c>script</c>.</summary>
internal sealed class ScriptChange(NpgsqlConnection session, string tenant, string script, CancellationToken token)
{
    public async Task<int> ExecuteAsync(string sql, params (string Name, object Value)[] parameters)
    {
        await using NpgsqlCommand command = Command(sql, parameters);
        return await command.ExecuteNonQueryAsync(token);
    }

    public async Task<T?> OneAsync<T>(string sql, Func<NpgsqlDataReader, T> read, params (string Name, object Value)[] parameters)
    {
        await using NpgsqlCommand command = Command(sql, parameters);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(token);
        return await reader.ReadAsync(token) ? read(reader) : default;
    }

    private NpgsqlCommand Command(string sql, (string Name, object Value)[] parameters) =>
        new NpgsqlCommand(sql, session).With([("tenant", tenant), ("script", script), .. parameters]);
}
