// Board Assistant on Azure: one web app with its identity, PostgreSQL without passwords, the bot with its Teams channel.
targetScope = 'resourceGroup'

@description('Prefix of every resource; 3 to 20 lower-case letters, digits and hyphens.')
@minLength(3)
@maxLength(20)
param baseName string

param location string = resourceGroup().location

@description('Client id of the one app registration: Graph, bot and tab.')
param botAppId string

@description('Tenant of the app registration.')
param tenantId string = subscription().tenantId

@description('The boards and their sites: my-board=contoso.sharepoint.com:/sites/board, joined by commas.')
param boardSites string

@description('Size of the web app; B1 is enough for one board.')
param webAppSku string = 'B1'

@description('Size of the database server.')
param databaseSku string = 'Standard_B1ms'

var unique = uniqueString(resourceGroup().id, baseName)
var webAppName = '${baseName}-${unique}'
var publicDomain = '${webAppName}.azurewebsites.net'
var databaseName = 'board'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${baseName}-identity'
  location: location
}

module database 'database.bicep' = {
  name: 'database'
  params: {
    serverName: '${baseName}-${unique}'
    databaseName: databaseName
    location: location
    sku: databaseSku
    tenantId: tenantId
    administratorId: identity.properties.principalId
    administratorName: identity.name
  }
}

resource plan 'Microsoft.Web/serverfarms@2023-12-01' = {
  name: '${baseName}-plan'
  location: location
  kind: 'linux'
  sku: {
    name: webAppSku
  }
  properties: {
    reserved: true
  }
}

resource webApp 'Microsoft.Web/sites@2023-12-01' = {
  name: webAppName
  location: location
  kind: 'app,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identity.id}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    siteConfig: {
      linuxFxVersion: 'NODE|24-lts'
      appCommandLine: 'node dist/bot/main.js'
      alwaysOn: true
      ftpsState: 'Disabled'
      minTlsVersion: '1.2'
      http20Enabled: true
      healthCheckPath: '/health/ready'
      appSettings: [
        { name: 'BOARD_MODE', value: 'production' }
        { name: 'TENANT_ID', value: tenantId }
        { name: 'BOT_APP_ID', value: botAppId }
        { name: 'MANAGED_IDENTITY_CLIENT_ID', value: identity.properties.clientId }
        { name: 'BOARD_SITES', value: boardSites }
        { name: 'PUBLIC_URL', value: 'https://${publicDomain}' }
        { name: 'DATABASE_URL', value: 'postgres://${identity.name}@${database.outputs.host}:5432/${databaseName}?authentication=entra&client_id=${identity.properties.clientId}' }
        // The package is built before it is sent.
        { name: 'SCM_DO_BUILD_DURING_DEPLOYMENT', value: 'false' }
      ]
    }
  }
}

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: '${baseName}-${unique}'
  location: 'global'
  kind: 'azurebot'
  sku: {
    name: 'F0'
  }
  properties: {
    displayName: 'Board Assistant'
    endpoint: 'https://${publicDomain}/api/messages'
    msaAppId: botAppId
    msaAppTenantId: tenantId
    msaAppType: 'SingleTenant'
    disableLocalAuth: true
  }
}

resource teamsChannel 'Microsoft.BotService/botServices/channels@2022-09-15' = {
  parent: bot
  name: 'MsTeamsChannel'
  location: 'global'
  properties: {
    channelName: 'MsTeamsChannel'
  }
}

// Kept by the toolkit in its environment file; manifest and deployment use them.
output PUBLIC_DOMAIN string = publicDomain
output APP_SERVICE_RESOURCE_ID string = webApp.id
output MANAGED_IDENTITY_PRINCIPAL_ID string = identity.properties.principalId
